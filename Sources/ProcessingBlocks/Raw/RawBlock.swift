extension BlockDescriptor {
  static let raw = BlockDescriptor(
    type: "raw", title: "Raw Data",
    summary: "Hands out the window's values as they are, row by row.",
    versions: 1...1,
    presentation: StudioPresentation(
      "Raw data", cppType: "raw_custom", convolution: ("axes", 7), hasFeatureImportance: true),
    groups: [ParameterGroup("Scaling", [.scaleAxes])],
    planner: { reader, _, input throws(ConfigurationError) in
      let scale = reader.number("scale-axes")
      try reader.finish()
      reader.warnAboutScale(scale)
      return RawPlan(scale: scale, input: input, warnings: reader.warnings)
    })
}

struct RawPlan: BlockPlan {
  let scale: Double
  let input: SignalShape
  let warnings: [ConfigurationIssue]

  var featureCount: Int { input.rows * input.axes.count }
  var featureLabels: [String] { [] }
  var outputConfiguration: OutputConfiguration { .flat(width: featureCount) }
  var fftUsed: [Int] { [] }

  func warnings(forWindow window: [Double]) -> [ConfigurationIssue] {
    axisWarnings(forWindow: window, limit: floatLimit / abs(scale))
  }

  func scratchByteCount(hop: Int, windows: Int) -> Int { 0 }
  func makeRunner(hop: Int, windows: Int) -> any BlockRunner { RawRunner(plan: self, hop: hop) }
}

final class RawRunner: BlockRunner {
  private let plan: RawPlan
  private let hop: Int

  init(plan: RawPlan, hop: Int) {
    self.plan = plan
    self.hop = hop
  }

  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>) {
    precondition(slab.columns.count == plan.input.axes.count, "a slab has one column for each axis")
    let axes = slab.columns.count
    for (axis, column) in slab.columns.enumerated() {
      var output = features + axis
      for window in 0..<slab.count {
        var input = slab.samples + window * hop * slab.stride + column
        for _ in 0..<plan.input.rows {
          output.pointee = Float(input.pointee * plan.scale)
          output += axes
          input += slab.stride
        }
      }
    }
  }
}
