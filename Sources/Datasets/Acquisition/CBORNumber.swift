/// Numbers of CBOR decoded straight from their bytes, for runs of rows.
enum CBORNumber {
  /// Decodes the number at `p` and moves past it. Nine bytes must be readable.
  ///
  /// False for anything but a finite number: such items are left to the tokenizer.
  @inline(__always)
  static func decode(_ p: inout UnsafePointer<UInt8>, into value: inout Double) -> Bool {
    let initial = p[0]
    switch initial {
    case 0xF9:
      let bits = UInt64(p[1]) << 8 | UInt64(p[2])
      if bits & 0x7C00 == 0x7C00 { return false }
      value = half(bits)
      p += 3
    case 0xFA:
      let single = Float(bitPattern: UInt32(truncatingIfNeeded: bigEndian(p + 1, 4)))
      if !single.isFinite { return false }
      value = Double(single)
      p += 5
    case 0xFB:
      let double = Double(bitPattern: bigEndian(p + 1, 8))
      if !double.isFinite { return false }
      value = double
      p += 9
    case 0x00...0x17:
      value = Double(initial)
      p += 1
    case 0x18...0x1B:
      let width = 1 << Int(initial & 3)
      value = Double(bigEndian(p + 1, width))
      p += 1 + width
    case 0x20...0x37:
      value = -1 - Double(initial & 31)
      p += 1
    case 0x38...0x3B:
      let width = 1 << Int(initial & 3)
      value = CBORTokenizer.negative(bigEndian(p + 1, width))
      p += 1 + width
    default: return false
    }
    return true
  }

  /// A finite half float: exponent and fraction move up, the exponent's bias changes from 15 to 1023.
  @inline(__always)
  static func half(_ bits: UInt64) -> Double {
    let magnitude = bits & 0x7FFF
    let value =
      magnitude < 0x400
      ? Double(magnitude) * 0x1p-24
      : Double(bitPattern: magnitude << 42 + (1023 - 15) << 52)
    return bits & 0x8000 == 0 ? value : -value
  }

  /// `width` is 1, 2, 4 or 8; constant at most call sites.
  @inline(__always)
  private static func bigEndian(_ p: UnsafePointer<UInt8>, _ width: Int) -> UInt64 {
    let raw = UnsafeRawPointer(p)
    switch width {
    case 1: return UInt64(p[0])
    case 2: return UInt64(UInt16(bigEndian: raw.loadUnaligned(as: UInt16.self)))
    case 4: return UInt64(UInt32(bigEndian: raw.loadUnaligned(as: UInt32.self)))
    default: return UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self))
    }
  }
}
