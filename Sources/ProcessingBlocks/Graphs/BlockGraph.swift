/// A picture of what a block does to one window, for people: no feature depends on it.
public struct BlockGraph: Sendable {
  /// What is shown.
  public enum Content: Sendable {
    /// Lines over a common abscissa.
    case lines(LineGraph)
    /// A finished picture.
    case picture(GraphPicture)
  }

  /// Studio's name of the graph, e.g. `Filter response`.
  public let name: String
  /// What is shown.
  public let content: Content

  init(_ name: String, _ lines: LineGraph) {
    self.name = name
    content = .lines(lines)
  }

  init(_ name: String, _ picture: GraphPicture) {
    self.name = name
    content = .picture(picture)
  }

  /// Studio's word for the kind of graph: `linear`, `logarithmic` or `image`.
  public var type: String {
    switch content {
    case .lines(let lines): lines.scale.rawValue
    case .picture: "image"
    }
  }

  /// MIME type of `drawing`.
  public var drawingType: GraphPicture.MIMEType {
    switch content {
    case .lines: .svg
    case .picture(let picture): picture.type
    }
  }

  /// The graph as the bytes of a file: SVG, or PNG for plain pictures.
  ///
  /// - Complexity: linear in the values; a line of any length becomes at most a few thousand points.
  public var drawing: [UInt8] {
    switch content {
    case .lines(let lines): Array(LineDrawing(name: name, graph: lines).text.utf8)
    case .picture(let picture): picture.bytes
    }
  }
}

/// Lines over a common abscissa.
///
/// Studio calls the values `X` and the abscissa `y`.
public struct LineGraph: Sendable {
  /// How values are spaced.
  public enum Scale: String, Sendable { case linear, logarithmic }

  /// One line.
  public struct Line: Sendable {
    /// The axis that it belongs to; `0` where it belongs to none.
    public var name: String
    /// As many as the abscissa has, or fewer where drawings begin later, see `drawnFirst`; NaN is a gap.
    public var values: [Double]
  }

  /// Titles of the two axes of the drawing.
  public struct Titles: Sendable {
    /// Of the abscissa.
    public var horizontal: String
    /// Of the values.
    public var vertical: String
  }

  /// A range in which either end may be left to the data.
  public struct Range: Sendable {
    /// Lower end, or nil.
    public var minimum: Double?
    /// Upper end, or nil.
    public var maximum: Double?
  }

  /// How values are spaced.
  public var scale = Scale.linear
  /// One for each axis, or a single one.
  public var lines: [Line]
  /// Where the values lie; ascending.
  public var abscissa: [Double]
  /// The abscissa shows this at least.
  public var suggestedHorizontal = Range()
  /// The ordinate shows this at least.
  public var suggestedVertical = Range()
  /// In pixels; Studio's default if nil.
  public var lineWidth: Double?
  /// Whether Studio may draw curves between the values; its default if nil.
  public var smoothing: Bool?
  /// Studio's titles.
  public var titles: Titles
  /// Titles for drawings, where Studio's do not name what is shown.
  public var drawnTitles: Titles?
  /// Drawings show the values times this.
  public var drawnFactor = 1.0
  /// Drawings cut off what lies below, after the factor; nil if nothing.
  public var drawnFloor: Double?
  /// Place on the abscissa where drawings put the first value of each line.
  public var drawnFirst = 0
}

/// A picture in a file format, with what it is made of.
public struct GraphPicture: Sendable {
  /// Formats.
  public enum MIMEType: String, Sendable {
    /// Lines and text that scale.
    case svg = "image/svg+xml"
    /// Pixels, eight bits a channel.
    case png = "image/png"

    /// Ending of file names, without the dot.
    public var fileExtension: String { self == .svg ? "svg" : "png" }
  }

  /// Format of `bytes`.
  public let type: MIMEType
  /// The file.
  public let bytes: [UInt8]
  /// What the picture maps to colours; nil for a picture that shows itself.
  public let heatMap: HeatMap?

  init(png: [UInt8]) {
    type = .png
    bytes = png
    heatMap = nil
  }

  init(_ heatMap: HeatMap) {
    type = .svg
    bytes = Array(HeatMapDrawing(map: heatMap).text.utf8)
    self.heatMap = heatMap
  }
}
