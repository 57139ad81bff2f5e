/// One direction of a resize: `count` target pixels show the scaled source from pixel `offset` on, and stand in the
/// target from pixel `start` on.
struct AxisPlacement: Equatable {
  /// Pixels of the source.
  let source: Int
  /// Pixels of the whole source when it is scaled.
  let scaled: Int
  /// Scaled pixels that are cut off in front.
  let offset: Int
  /// Scaled pixels that are kept.
  let count: Int
  /// Black pixels in front.
  let start: Int

  /// Whether the kept pixels are the source's own.
  var isIdentity: Bool { scaled == source && offset == 0 && count == source }
}

/// Where a picture goes when it is resized.
struct ImagePlacement: Equatable {
  let x: AxisPlacement
  let y: AxisPlacement

  init(_ size: PixelSize, _ resizing: ImageResizing) {
    let target = PixelSize(width: resizing.width, height: resizing.height)
    var scaled = target
    switch resizing.mode {
    case .squash: break
    case .fitShort, .crop: scaled = Self.proportional(size, target, covers: true)
    case .fitLong: scaled = Self.proportional(size, target, covers: false)
    }
    let anchor = resizing.mode == .crop ? resizing.anchor : .middleCenter
    x = Self.axis(size.width, scaled.width, target.width, anchor.horizontal)
    y = Self.axis(size.height, scaled.height, target.height, anchor.vertical)
  }

  /// The source's proportions with one side of the target; the other side is rounded to whole pixels.
  private static func proportional(_ size: PixelSize, _ target: PixelSize, covers: Bool) -> PixelSize {
    // Products stay below 2^16 * 2^13.
    let isWider = size.width * target.height > size.height * target.width
    if isWider == covers {
      let width = (2 * size.width * target.height + size.height) / (2 * size.height)
      return PixelSize(width: covers ? width : max(1, min(width, target.width)), height: target.height)
    }
    let height = (2 * size.height * target.width + size.width) / (2 * size.width)
    return PixelSize(width: target.width, height: covers ? height : max(1, min(height, target.height)))
  }

  /// An odd pixel is cut off in front, and an odd black line stands behind, as in sharp.
  private static func axis(
    _ source: Int, _ scaled: Int, _ target: Int, _ side: ImageResizing.Side
  ) -> AxisPlacement {
    let over = scaled - target
    if over < 0 { return AxisPlacement(source: source, scaled: scaled, offset: 0, count: scaled, start: -over / 2) }
    let offset =
      switch side {
      case .front: 0
      case .middle: (over + 1) / 2
      case .back: over
      }
    return AxisPlacement(source: source, scaled: scaled, offset: offset, count: target, start: 0)
  }
}

extension ImageResizing {
  fileprivate enum Side { case front, middle, back }
}

extension ImageResizing.Anchor {
  fileprivate var horizontal: ImageResizing.Side {
    switch self {
    case .topLeft, .middleLeft, .bottomLeft: .front
    case .topCenter, .middleCenter, .bottomCenter: .middle
    case .topRight, .middleRight, .bottomRight: .back
    }
  }

  fileprivate var vertical: ImageResizing.Side {
    switch self {
    case .topLeft, .topCenter, .topRight: .front
    case .middleLeft, .middleCenter, .middleRight: .middle
    case .bottomLeft, .bottomCenter, .bottomRight: .back
    }
  }
}
