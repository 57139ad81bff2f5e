extension ImagePlan {
  /// Most frames that are shown: a window of tiny frames would give millions of files.
  private static let mostFrames = 256

  /// The picture as the features describe it, or the first 256 frames; of an incomplete frame the rows that exist.
  func graphs(ofWindow window: [Double]) -> [BlockGraph] {
    precondition(window.count == input.rows, "a window of the shape that the plan is made for")
    let pixels = size.width * size.height
    let starts = stride(from: 0, to: window.count, by: pixels).prefix(Self.mostFrames)
    return starts.enumerated().map { index, start in
      let frame = window[start..<min(start + pixels, window.count)]
      return BlockGraph(window.count > pixels ? "Frame \(index + 1)" : "Image", GraphPicture(png: png(frame)))
    }
  }

  private func png(_ frame: ArraySlice<Double>) -> [UInt8] {
    let height = (frame.count + size.width - 1) / size.width
    var data: [UInt8] = []
    data.reserveCapacity(size.width * height * (isGray ? 1 : 3))
    for value in frame {
      // Only the low 24 bits count.
      let pixel = Int64(exactly: value) ?? 0
      let colors = [pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255].map { UInt8($0) }
      data += isGray ? [Self.gray(colors)] : colors
    }
    data += [UInt8](repeating: 0, count: size.width * height * (isGray ? 1 : 3) - data.count)
    return PNGImage.encode(width: size.width, height: height, pixels: isGray ? .gray : .rgb, data: data)
  }

  /// The feature in 255 steps, cut off: white, whose feature lies just below 1, becomes 254, as in the reference.
  private static func gray(_ colors: [UInt8]) -> UInt8 {
    let (red, green, blue) = (Double(colors[0]), Double(colors[1]), Double(colors[2]))
    return UInt8(((0.299 / 255) * red + (0.587 / 255) * green + (0.114 / 255) * blue) * 255)
  }
}
