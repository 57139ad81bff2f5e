extension BlockDescriptor {
  static let image = BlockDescriptor(
    type: "image", title: "Image",
    summary: "Scales the colours of pictures to 0...1, or reduces them to grey.",
    versions: 1...1, takesImages: true,
    presentation: StudioPresentation("Image", cppType: "image_custom"),
    groups: [
      ParameterGroup(
        "Image",
        [
          Parameter(
            "channels", "Color depth", .choice([.init("RGB"), .init("Grayscale")]), default: .text("RGB"),
            help: "Three values a pixel, or one.")
        ])
    ],
    planner: { reader, _, input throws(ConfigurationError) in
      let channels = reader.text("channels")
      if let size = input.image, size.width < 1 || size.height < 1 || size.width > 1 << 16 || size.height > 1 << 16 {
        reader.reject(
          ConfigurationIssue(
            "image", value: "\(size.width) x \(size.height)", rule: "width and height must be from 1 to \(1 << 16)"))
      }
      try reader.finish()
      guard let size = input.image else {
        throw ConfigurationError([
          ConfigurationIssue("image", value: "a time series", rule: "this block takes pictures")
        ])
      }
      reader.warnAboutFrames(of: size, pixels: input.rows)
      return ImagePlan(isGray: channels == "Grayscale", size: size, input: input, warnings: reader.warnings)
    })
}

struct ImagePlan: BlockPlan {
  let isGray: Bool
  let size: ImageSize
  let input: SignalShape
  let warnings: [ConfigurationIssue]

  private var channels: Int { isGray ? 1 : 3 }

  var featureCount: Int { input.rows * channels }
  var featureLabels: [String] { [] }
  var outputConfiguration: OutputConfiguration {
    let pixels = size.width * size.height
    return .image(
      width: size.width, height: size.height, channels: channels, frames: (input.rows + pixels - 1) / pixels)
  }
  var fftUsed: [Int] { [] }

  func problem(inWindow window: [Double]) -> ConfigurationIssue? {
    guard let index = window.firstIndex(where: { Int64(exactly: $0) == nil }) else { return nil }
    return ConfigurationIssue(
      "image", value: "\(window[index])", rule: "pixel \(index) must be a whole number, 0xRRGGBB")
  }

  func scratchByteCount(hop: Int, windows: Int) -> Int { 0 }
  func makeRunner(hop: Int, windows: Int) -> any BlockRunner { ImageRunner(plan: self, hop: hop) }
}

final class ImageRunner: BlockRunner {
  private let plan: ImagePlan
  private let hop: Int

  init(plan: ImagePlan, hop: Int) {
    self.plan = plan
    self.hop = hop
  }

  func run(_ slab: WindowSlab, into features: UnsafeMutablePointer<Float>) {
    precondition(slab.columns.count == 1, "a slab of one axis")
    var output = features
    for window in 0..<slab.count {
      var input = slab.samples + window * hop * slab.stride + slab.columns[0]
      for _ in 0..<plan.input.rows {
        // Only the low 24 bits count; what is no whole number was refused.
        let pixel = Int64(exactly: input.pointee) ?? 0
        let red = Double(pixel >> 16 & 255)
        let green = Double(pixel >> 8 & 255)
        let blue = Double(pixel & 255)
        if plan.isGray {
          output[0] = Float((0.299 / 255) * red + (0.587 / 255) * green + (0.114 / 255) * blue)
          output += 1
        } else {
          output[0] = Float(red / 255)
          output[1] = Float(green / 255)
          output[2] = Float(blue / 255)
          output += 3
        }
        input += slab.stride
      }
    }
  }
}
