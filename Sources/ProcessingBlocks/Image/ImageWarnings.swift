extension ParameterReader {
  /// Warns of a last frame that lacks pixels.
  mutating func warnAboutFrames(of size: ImageSize, pixels: Int) {
    let frame = size.width * size.height
    let rest = pixels % frame
    guard rest != 0 else { return }
    let frames = pixels / frame + 1
    warn(
      "image", value: "\(pixels) pixels",
      rule: "do not fill frames of \(size.width) x \(size.height): "
        + (frames == 1 ? "the only frame" : "the last of \(frames) frames")
        + " lacks \(frame - rest) of \(frame) pixels, and there are no features for them",
      suggestion: "use \(frames == 1 ? "" : "\(pixels - rest) or ")\(frames * frame) pixels")
  }
}

extension ImagePlan {
  /// Pixels with more than 24 bits. Pixels are no axis: a picture of one colour is a picture.
  func warnings(forWindow window: [Double]) -> [ConfigurationIssue] {
    let outside = window.count { !(0...Double(0xFFFFFF)).contains($0) }
    guard outside > 0 else { return [] }
    return [
      .inWindow(
        "image", "\(outside) of \(window.count) pixels",
        "are outside of 0 to 0xFFFFFF: only their low 24 bits count, as red, green and blue",
        "pack pixels as 0xRRGGBB, without alpha")
    ]
  }
}
