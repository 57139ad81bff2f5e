/// What a block is going to receive: one window.
public struct SignalShape: Sendable, Hashable {
  /// Sampling rate in Hz.
  public var frequency: Double
  /// Rows of a window.
  public var rows: Int
  /// Names of the axes, in the block's order.
  public var axes: [String]
  /// Width and height of a picture, whose pixels are the rows; nil for time series.
  public var image: ImageSize?

  /// Describes a window of `rows` rows of all `axes`, sampled at `frequency` Hz.
  public init(frequency: Double, rows: Int, axes: [String]) {
    self.frequency = frequency
    self.rows = rows
    self.axes = axes
  }

  /// Describes `pixels` pixels of pictures of one size, packed as 0xRRGGBB.
  public init(image: ImageSize, pixels: Int) {
    frequency = 1
    rows = pixels
    axes = ["image"]
    self.image = image
  }
}

/// Size of a picture in pixels.
public struct ImageSize: Sendable, Hashable {
  /// Pixels a row.
  public var width: Int
  /// Rows.
  public var height: Int
  /// A picture of `width` times `height` pixels.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// How a window's features are to be read: Studio's `output_config`.
public enum OutputConfiguration: Sendable, Hashable {
  /// A list of `width` features.
  case flat(width: Int)
  /// A picture: `width` frames of `height` values, frame after frame.
  ///
  /// The width is what Studio says, a quotient: it has a fraction where fewer values exist than the height states.
  case spectrogram(width: Double, height: Int)
  /// `frames` pictures of `width` times `height` pixels with `channels` values each (3, or 1 for grey), row by row.
  case image(width: Int, height: Int, channels: Int, frames: Int)

  /// Studio's word for it.
  public var type: String {
    switch self {
    case .flat: "flat"
    case .spectrogram: "spectrogram"
    case .image: "image"
    }
  }

  /// Studio's `shape`: names and numbers.
  public var shape: [(name: String, value: Double)] {
    switch self {
    case .flat(let width): [("width", Double(width))]
    case .spectrogram(let width, let height): [("width", width), ("height", Double(height))]
    case .image(let width, let height, let channels, let frames):
      [
        ("width", Double(width)), ("height", Double(height)), ("channels", Double(channels)),
        ("frames", Double(frames)),
      ]
    }
  }
}

/// Consecutive windows of one recording, in place.
public struct WindowSlab {
  /// The first window's first row: row-major values, `stride` a row.
  public let samples: UnsafePointer<Double>
  /// Values a row.
  public let stride: Int
  /// For each axis of the block, its place in a row.
  public let columns: [Int]
  /// Windows; the last one's last row is row `(count - 1) * hop + rows - 1`.
  public let count: Int

  /// A view of `count` windows. The caller guarantees that all their rows exist, and keeps the memory alive.
  public init(samples: UnsafePointer<Double>, stride: Int, columns: [Int], count: Int) {
    self.samples = samples
    self.stride = stride
    self.columns = columns
    self.count = count
  }
}

/// A block that has been checked and prepared for windows of one shape.
///
/// Immutable: threads share it, each with a runner of its own.
public protocol BlockPlan: Sendable {
  /// The windows that the plan is made for.
  var input: SignalShape { get }
  /// Features of one window.
  var featureCount: Int { get }
  /// Names of the features, as Studio gives them: of the first axis only for blocks that treat all axes alike,
  /// empty for blocks without names.
  var featureLabels: [String] { get }
  /// How the features of one window are to be read: a list, a spectrogram or a picture.
  var outputConfiguration: OutputConfiguration { get }
  /// Lengths of the Fourier transforms that the block uses, in values; empty for blocks without.
  var fftUsed: [Int] { get }

  /// What the settings do to every window that nobody would want: valid, and harmful all the same.
  var warnings: [ConfigurationIssue] { get }
  /// What in a window's values makes its features worth less than they look.
  ///
  /// - Parameter window: rows times axes values of the plan's input, row by row.
  /// - Complexity: that of the features.
  func warnings(forWindow window: [Double]) -> [ConfigurationIssue]

  /// What makes a window unfit for the block, where the reference refuses windows for what they hold; nil if nothing.
  func problem(inWindow window: [Double]) -> ConfigurationIssue?

  /// Pictures of what the block does to a window, for people; empty for blocks that have none.
  ///
  /// Allocates and takes longer than the features; they come from the same steps.
  ///
  /// - Parameter window: rows times axes values of the plan's input, row by row, in which `problem` finds none.
  func graphs(ofWindow window: [Double]) -> [BlockGraph]

  /// The steps from window to features: what each costs on paper, and a way to time it.
  func stages() -> [PlanStage]

  /// Bytes of scratch memory that a runner allocates.
  ///
  /// - Parameters:
  ///   - hop: rows from one window to the next, at least 1.
  ///   - windows: most windows of a slab, at least 1.
  func scratchByteCount(hop: Int, windows: Int) -> Int
  /// Makes what one thread needs to run the plan on up to `windows` windows, `hop` rows apart.
  ///
  /// - Parameters:
  ///   - hop: rows from one window to the next, at least 1.
  ///   - windows: most windows of a slab, at least 1.
  func makeRunner(hop: Int, windows: Int) -> any BlockRunner
}

/// A plan with the scratch memory of one thread.
public protocol BlockRunner: AnyObject {
  /// Computes the features of all windows of a slab.
  ///
  /// Never allocates, locks or throws.
  ///
  /// - Parameters:
  ///   - slab: at most as many windows as the runner was made for, at the hop it was made for.
  ///   - features: receives `slab.count` rows of `featureCount` values.
  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>)
}

extension BlockPlan {
  /// None: for blocks whose settings cannot do harm.
  public var warnings: [ConfigurationIssue] { [] }
  /// Values that are no numbers, and axes that never change: what every block of time series looks at.
  public func warnings(forWindow window: [Double]) -> [ConfigurationIssue] { axisWarnings(forWindow: window) }
  /// Nil: for blocks that take any values.
  public func problem(inWindow window: [Double]) -> ConfigurationIssue? { nil }

  /// None: for blocks that draw nothing.
  public func graphs(ofWindow window: [Double]) -> [BlockGraph] { [] }

  /// The features of one window, for callers that have only one. `BlockRunner.run` does the same without allocating.
  ///
  /// - Parameter window: rows times axes values of the plan's input, row by row.
  public func features(ofWindow window: [Double]) -> [Float] {
    let axes = input.axes.count
    precondition(window.count == input.rows * axes, "a window of the shape that the plan is made for")
    // A single window has no next one; with a hop of 1 its rows stay together.
    let runner = makeRunner(hop: 1, windows: 1)
    return [Float](unsafeUninitializedCapacity: featureCount) { features, count in
      window.withUnsafeBufferPointer { window in
        guard let samples = window.baseAddress, let target = features.baseAddress else { return }
        runner.run(
          WindowSlab(samples: samples, stride: axes, columns: Array(0..<axes), count: 1), into: target)
      }
      count = featureCount
    }
  }
}
