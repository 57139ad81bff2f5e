import Datasets
import ProcessingBlocks

/// An input block: how recordings become windows.
public struct InputBlock: Sendable {
  /// What recordings are.
  public enum Kind: Sendable, Hashable {
    /// Rows in time, of which windows of a fixed length are cut.
    case timeSeries
    /// Pictures, each brought to one size: a picture is a window, and its pixels are the rows.
    case image(ImageResizing)
    /// Single rows without time: the row is the window.
    case features
  }

  /// Studio's id.
  public var id: Int
  /// Sampling rate in Hz; 0 where there is no time axis, as in Studio's metadata.
  public var frequency: Double
  /// How recordings are cut.
  public var window: SlidingWindow
  /// How windows of recordings with several labels are labelled.
  public var labeling: WindowLabeling
  /// What recordings are.
  public var kind = Kind.timeSeries
  /// The share of the recordings that is used; nil for all.
  public var subset: DatasetSubset?

  /// Whether a recording is cut and labelled in the same way for both.
  func hasSameWindows(as other: InputBlock) -> Bool {
    window == other.window && frequency == other.frequency && labeling == other.labeling && kind == other.kind
      && subset == other.subset
  }

  /// How pictures are read; nil for everything else.
  var resizing: ImageResizing? {
    if case .image(let resizing) = kind { return resizing }
    return nil
  }
}

extension InputBlock.Kind {
  /// What distinguishes kinds with the same window; nothing for time series.
  var hashParts: [String] {
    switch self {
    case .timeSeries: []
    case .features: ["features"]
    case .image(let resizing):
      [
        "image", "\(resizing.width)", "\(resizing.height)", resizing.mode.rawValue, resizing.method.rawValue,
        resizing.mode == .crop ? resizing.anchor.rawValue : "",
      ]
    }
  }
}

extension ImpulseBlock {
  /// One window as the block sees it.
  public var signalShape: SignalShape {
    switch input.kind {
    case .timeSeries:
      return SignalShape(frequency: input.frequency, rows: input.window.rows, axes: axes)
    case .image(let resizing):
      return SignalShape(
        image: ImageSize(width: resizing.width, height: resizing.height), pixels: input.window.rows)
    case .features:
      // Blocks that take single rows use no rate.
      return SignalShape(frequency: 1, rows: 1, axes: axes)
    }
  }

  /// What keeps the block from its input, whatever its parameters are.
  var inputIssue: ConfigurationIssue? {
    switch input.kind {
    case .timeSeries:
      return nil
    case .image where type != "image" && type != "raw":
      return ConfigurationIssue(
        "type", value: type, rule: "takes no pictures, which its input block gives", suggestion: "use an image block")
    case .image where axes != ["image"]:
      return ConfigurationIssue(
        "axes", value: axes.joined(separator: ", "), rule: "pictures have one axis, named image",
        suggestion: "use [\"image\"]")
    case .features where type != "flatten" && type != "raw":
      return ConfigurationIssue(
        "type", value: type, rule: "takes no single rows, which its input block gives",
        suggestion: "use a raw or flatten block")
    case .image, .features:
      return nil
    }
  }
}
