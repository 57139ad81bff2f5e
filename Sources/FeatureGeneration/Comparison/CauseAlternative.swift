import DSPKernels
import Foundation
import ProcessingBlocks

/// How features of a window are computed in a trial: a block, and how its windows come out of a recording.
struct TrialSetup {
  /// Where window `k` begins, in rows.
  enum Start {
    /// `k` whole steps.
    case steps(Int)
    /// Where its time says, rounded.
    case time(FloatingPointRoundingRule)
  }

  var block: ImpulseBlock
  /// Rows of a window.
  var rows: Int
  var start: Start
  /// Nil takes recordings as they are, whatever their rate.
  var resampling: ResamplingStage? = .recording

  init(_ block: ImpulseBlock) {
    self.block = block
    rows = block.input.window.rows
    start = .steps(block.input.window.hop)
  }

  /// The window that the block's plan is made for.
  var shape: SignalShape {
    var shape = block.signalShape
    shape.rows = rows
    return shape
  }

  func firstRow(startMs: Int) -> Int? {
    let window = block.input.window
    switch start {
    case .steps(let hop):
      guard startMs % max(1, window.increaseMs) == 0 else { return nil }
      let (row, overflows) = (startMs / max(1, window.increaseMs)).multipliedReportingOverflow(by: hop)
      return overflows ? nil : row
    case .time(let rule):
      return Int(exactly: (Double(startMs) * block.input.frequency / 1000).rounded(rule))
    }
  }
}

/// Something that may be different in Studio, and how to compute features with it.
struct CauseAlternative {
  /// Stable, for programs.
  var id: String
  var title: String
  var explanation: String
  var apply: @Sendable (inout TrialSetup) -> Void

  /// With another value of a parameter.
  static func parameter(_ key: String, _ title: String, from old: String, to new: ParameterValue) -> Self {
    let names = [
      "do-fft-overlap": ("overlap-flag", "The FFT overlap flag"), "do-log": ("log-flag", "The logarithm flag"),
      "filter-type": ("filter", "Another filter"), "filter-order": ("filter", "Another filter"),
      "filter-cutoff": ("filter", "Another filter"), "scale-axes": ("scale", "A constant factor"),
      "input-decimation-ratio": ("decimation", "Another decimation"),
      "extra-low-freq": ("low-frequency-flag", "The low frequency flag"), "wavelet": ("wavelet", "Another wavelet"),
      "analysis-type": ("analysis-type", "Another analysis"),
    ]
    let name = names[key] ?? ("parameter:\(key)", "Another \(title.lowercased())")
    return CauseAlternative(
      id: name.0, title: name.1,
      explanation: "with \(key) = \(new.studioText) instead of \(old) the difference vanishes"
    ) { setup in
      // Either spelling may be there; the other would count twice.
      for spelling in [key, key.replacing("-", with: "_"), key.replacing("_", with: "-")] {
        setup.block.parameters[spelling] = nil
      }
      setup.block.parameters[key] = new
    }
  }
}

extension CauseAlternative {
  /// Everything worth a try for a block, the most likely first.
  ///
  /// - Parameters:
  ///   - factors: constant factors between the sets that were seen in some features.
  ///   - studio: windows of Studio's set, where its y tells.
  static func all(_ block: ImpulseBlock, factors: [Double], studio: WindowIndex?) -> [CauseAlternative] {
    windows(block, studio: studio) + axes(block) + parameters(block, factors: factors) + versions(block) + rules(block)
      + resampling() + [raw(block)]
  }

  // MARK: Windows

  private static func windows(_ block: ImpulseBlock, studio: WindowIndex?) -> [CauseAlternative] {
    guard let studio, !block.input.window.isWholeRecording else { return [] }
    let window = block.input.window
    let frequency = block.input.frequency
    let size = studio.sizes.count == 1 ? studio.sizes.first ?? window.sizeMs : window.sizeMs
    let step = studio.commonStep ?? window.increaseMs
    guard size != window.sizeMs || step != window.increaseMs, size > 0 else { return [] }
    let other = SlidingWindow(sizeMs: size, increaseMs: step, frequency: frequency, padsZeros: window.padsZeros)
    let isSize = size != window.sizeMs
    return [
      CauseAlternative(
        id: isSize ? "window-size" : "window-increase",
        title: isSize ? "Another window size" : "Another window increase",
        explanation: "with Studio's windows of \(size) ms every \(step) ms instead of \(window.sizeMs) ms every "
          + "\(window.increaseMs) ms the difference vanishes"
      ) { setup in
        setup.block.input.window = other
        setup.rows = other.rows
        setup.start = .steps(other.hop)
      }
    ]
  }

  /// Rows counted in other ways, where milliseconds and rate give no whole number.
  private static func rules(_ block: ImpulseBlock) -> [CauseAlternative] {
    let window = block.input.window
    guard !window.isWholeRecording else { return [] }
    let rows = Double(window.sizeMs) * block.input.frequency / 1000
    let hop = Double(window.increaseMs) * block.input.frequency / 1000
    var list: [CauseAlternative] = []
    func add(_ text: String, _ apply: @escaping @Sendable (inout TrialSetup) -> Void) {
      list.append(
        CauseAlternative(
          id: "window-rule", title: "Another window rule",
          explanation: "with \(text) the difference vanishes", apply: apply))
    }
    if let up = Int(exactly: rows.rounded(.up)), up != window.rows, up <= SignalShape.longestWindow {
      add("\(up) rows a window (rounded up) instead of \(window.rows)") { $0.rows = up }
    }
    if let step = Int(exactly: hop.rounded(.up)), step != window.hop, step <= SignalShape.longestWindow {
      add("\(step) rows from window to window (rounded up) instead of \(window.hop)") { $0.start = .steps(step) }
      add("windows that begin where their time says, rounded down") { $0.start = .time(.down) }
      add("windows that begin where their time says, rounded to the nearest row") {
        $0.start = .time(.toNearestOrAwayFromZero)
      }
    }
    return list
  }

  private static func resampling() -> [CauseAlternative] {
    [
      CauseAlternative(
        id: "resampling", title: "Resampled at another stage",
        explanation: "with each window resampled by itself instead of the whole recording the difference vanishes: use "
          + "--resample-windows"
      ) { $0.resampling = .window },
      CauseAlternative(
        id: "resampling", title: "Not resampled",
        explanation: "with recordings taken as if they had the impulse's rate the difference vanishes: Studio's "
          + "recordings have another rate than the local ones, or were not resampled"
      ) { $0.resampling = nil },
    ]
  }

  // MARK: Block

  private static func raw(_ block: ImpulseBlock) -> CauseAlternative {
    CauseAlternative(
      id: "raw-values", title: "Raw windows instead of features",
      explanation: "Studio's set holds the unprocessed windows: it was downloaded with raw=true"
    ) { setup in
      setup.block.type = "raw"
      setup.block.implementationVersion = 1
      setup.block.parameters = [:]
    }
  }

  /// All orders of up to four axes; of more, exchanged neighbours, sorted, and reversed.
  private static func axes(_ block: ImpulseBlock) -> [CauseAlternative] {
    guard block.axes.count > 1 else { return [] }
    var orders: [[String]] = []
    if block.axes.count <= 4 {
      orders = permutations(block.axes)
    } else {
      orders = [block.axes.sorted(), block.axes.reversed()]
      for index in block.axes.indices.dropLast().prefix(64) {
        var order = block.axes
        order.swapAt(index, index + 1)
        orders.append(order)
      }
    }
    return orders.filter { $0 != block.axes }.map { order in
      CauseAlternative(
        id: "axis-order", title: "Another order of the axes",
        explanation: "with the axes in the order \(order.joined(separator: ", ")) instead of "
          + "\(block.axes.joined(separator: ", ")) the difference vanishes"
      ) { $0.block.axes = order }
    }
  }

  private static func permutations(_ list: [String]) -> [[String]] {
    var found: [[String]] = [[]]
    for item in list {
      found = found.flatMap { part in
        (0...part.count).map { place in
          var longer = part
          longer.insert(item, at: place)
          return longer
        }
      }
    }
    return found
  }

  private static func versions(_ block: ImpulseBlock) -> [CauseAlternative] {
    guard let descriptor = BlockRegistry.block(type: block.type) else { return [] }
    return descriptor.versions.reversed().filter { $0 != block.implementationVersion }.map { version in
      CauseAlternative(
        id: "implementation-version", title: "Another implementation version",
        explanation: "with implementation version \(version) instead of \(block.implementationVersion) the difference "
          + "vanishes"
      ) { $0.block.implementationVersion = version }
    }
  }

  /// Flags turned over, other choices, neighbouring lengths, and defaults of what was set.
  private static func parameters(_ block: ImpulseBlock, factors: [Double]) -> [CauseAlternative] {
    guard let descriptor = BlockRegistry.block(type: block.type) else { return [] }
    let values = descriptor.studioConfiguration(block.parameters)
    var list: [CauseAlternative] = []
    for parameter in descriptor.groups.flatMap(\.parameters) {
      if let versions = parameter.versions, !versions.contains(block.implementationVersion) { continue }
      let old = values[parameter.key] ?? ""
      if let condition = parameter.condition, (values[condition.parameter] == condition.value) != condition.equals {
        continue
      }
      for value in others(parameter, old: old, factors: factors) where value.studioText != old {
        list.append(.parameter(parameter.key, parameter.title, from: old, to: value))
      }
    }
    return list
  }

  private static func others(_ parameter: Parameter, old: String, factors: [Double]) -> [ParameterValue] {
    switch (parameter.kind, parameter.key) {
    case (.boolean, _): return [.boolean(old.lowercased() != "true")]
    case (.choice(let choices, _), _): return choices.map { .text($0.value) }
    case (_, "filter-order"): return [2, 4, 6, 8, 0].map { .integer($0) }
    case (_, "scale-axes"):
      let scale = Double(old) ?? 1
      return [parameter.defaultValue] + factors.prefix(8).map { .number(scale * $0) }
    case (.integer, "fft-length"), (.integer, "fft_length"):
      let length = Int(old) ?? 16
      return [parameter.defaultValue] + [length / 2, length * 2, length / 4, length * 4].map { .integer($0) }
    default: return [parameter.defaultValue]
    }
  }
}
