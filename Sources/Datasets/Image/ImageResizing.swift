/// The size that pictures are brought to, and how: an image input block's settings.
///
/// A picture that has the size already keeps its pixels, whatever mode and method say.
public struct ImageResizing: Sendable, Hashable {
  /// What happens when a picture has other proportions than the target.
  public enum Mode: String, Sendable, CaseIterable {
    /// Width and height are scaled apart.
    case squash
    /// Scaled until the target is covered; what hangs over is cut off on both sides alike.
    case fitShort = "fit-short"
    /// Scaled until the picture fits into the target; the rest is black, on both sides alike.
    case fitLong = "fit-long"
    /// As `fitShort`, but the anchor says which part stays.
    case crop
  }

  /// How pixels are made from others.
  public enum Method: String, Sendable, CaseIterable {
    /// Weighted by a Lanczos window of three lobes, which widens as pictures shrink. Bit for bit what
    /// Pillow's `LANCZOS` gives: columns first, each direction rounded to 8 bits.
    case lanczos3
    /// The source pixel that lies under the target pixel's centre.
    case nearest
  }

  /// The part of a picture that `crop` keeps.
  public enum Anchor: String, Sendable, CaseIterable {
    case topLeft = "top-left"
    case topCenter = "top-center"
    case topRight = "top-right"
    case middleLeft = "middle-left"
    case middleCenter = "middle-center"
    case middleRight = "middle-right"
    case bottomLeft = "bottom-left"
    case bottomCenter = "bottom-center"
    case bottomRight = "bottom-right"
  }

  /// Most pixels a side; keeps the cost of hostile proportions bounded.
  public static let longestSide = 8192

  /// Pixels a row of the result.
  public let width: Int
  /// Rows of the result.
  public let height: Int
  /// Default: squash.
  public let mode: Mode
  /// Default: lanczos3.
  public let method: Method
  /// Used by `crop` only. Default: the middle.
  public let anchor: Anchor

  /// - Parameters:
  ///   - width: 1 to `longestSide`.
  ///   - height: 1 to `longestSide`.
  public init(
    width: Int, height: Int, mode: Mode = .squash, method: Method = .lanczos3, anchor: Anchor = .middleCenter
  ) {
    precondition((1...Self.longestSide).contains(width), "a width from 1 to \(Self.longestSide)")
    precondition((1...Self.longestSide).contains(height), "a height from 1 to \(Self.longestSide)")
    self.width = width
    self.height = height
    self.mode = mode
    self.method = method
    self.anchor = anchor
  }
}

/// Width and height of a picture in pixels.
public struct PixelSize: Sendable, Hashable {
  /// Pixels a row.
  public var width: Int
  /// Rows.
  public var height: Int

  /// A picture of `width` times `height` pixels.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  /// Longest side that is decoded.
  static let longestSide = 65_535
  /// Most pixels that are decoded: 192 MiB as RGB.
  static let mostPixels = 1 << 26

  /// Whether a picture of this size is decoded. No product of such sides overflows.
  var isAccepted: Bool {
    let sides = 1...Self.longestSide
    return sides.contains(width) && sides.contains(height) && width * height <= Self.mostPixels
  }
}
