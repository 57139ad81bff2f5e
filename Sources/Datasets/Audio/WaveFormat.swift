/// How the samples of a WAV file are stored, as its `fmt ` chunk says.
struct WaveFormat {
  let channels: Int
  /// Frames a second, in Hz.
  let rate: Int
  let encoding: SampleEncoding
  /// Bytes of one frame: a sample of each channel.
  let frameSize: Int

  /// More channels than that are refused, here and by libsndfile.
  static let channelLimit = 1024

  /// Reads the chunk's first bytes, up to 40 of them. `offset` is where they lie, for errors.
  init(_ chunk: [UInt8], isBigEndian: Bool, at offset: Int, file: String) throws(DatasetError) {
    func error(_ place: Int, _ expected: String, _ found: String, _ kind: DatasetError.Kind) -> DatasetError {
      DatasetError(file: file, position: .byte(offset + place), expected: expected, found: found, kind: kind)
    }
    func number(_ place: Int, _ size: Int) -> Int {
      Int(ByteNumber.unsigned(chunk[place..<place + size], isBigEndian: isBigEndian))
    }
    guard chunk.count >= 16 else {
      throw error(0, "a fmt chunk of at least 16 bytes", "\(chunk.count) bytes", .malformed)
    }
    var tag = number(0, 2)
    channels = number(2, 2)
    rate = number(4, 4)
    frameSize = number(12, 2)
    let bits = number(14, 2)
    if tag == 0xFFFE {
      guard chunk.count >= 40 else {
        throw error(0, "an extensible fmt chunk of at least 40 bytes", "\(chunk.count) bytes", .malformed)
      }
      // The GUID's first number is the tag, in 32 bits.
      tag = number(24, 4)
      guard Array(chunk[28..<40]) == Self.subformatTail(isBigEndian: isBigEndian) else {
        throw error(24, "PCM or float samples", "an unknown subformat", .unsupported)
      }
    }
    guard 1...Self.channelLimit ~= channels else {
      throw error(2, "1 to \(Self.channelLimit) channels", "\(channels)", channels == 0 ? .malformed : .unsupported)
    }
    guard 1...Int(Int32.max) ~= rate else { throw error(4, "a sampling rate from 1 Hz on", "\(rate) Hz", .malformed) }
    switch (tag, bits) {
    case (1, 8), (1, 16), (1, 24), (1, 32): encoding = .integer(bits: bits)
    case (3, 32): encoding = .single
    case (3, 64): encoding = .double
    case (1, _), (3, _):
      throw error(
        14, tag == 1 ? "PCM samples of 8, 16, 24 or 32 bits" : "float samples of 32 or 64 bits", "\(bits) bits",
        .unsupported)
    default:
      throw error(0, "PCM or float samples", Self.name(ofTag: tag), .unsupported)
    }
    guard frameSize == channels * bits / 8 else {
      throw error(
        12, "\(channels * bits / 8) bytes a frame for \(channels) × \(bits) bits", "\(frameSize)", .malformed)
    }
  }

  /// The part of a subformat's GUID behind its first number.
  private static func subformatTail(isBigEndian: Bool) -> [UInt8] {
    let numbers: [UInt8] = isBigEndian ? [0x00, 0x00, 0x00, 0x10] : [0x00, 0x00, 0x10, 0x00]
    return numbers + [0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71]
  }

  private static func name(ofTag tag: Int) -> String {
    let name =
      switch tag {
      case 0x02: "Microsoft ADPCM"
      case 0x06: "A-law"
      case 0x07: "µ-law"
      case 0x11: "IMA ADPCM"
      case 0x31: "GSM 6.10"
      case 0x40, 0x45, 0x64: "G.72x ADPCM"
      case 0x50: "MPEG layer I or II"
      case 0x55: "MP3"
      case 0x161...0x163: "Windows Media Audio"
      default: "the codec"
      }
    return "\(name) (format tag \(tag))"
  }
}

/// How one sample is stored.
enum SampleEncoding: Equatable {
  /// Integer PCM, full scale at the highest bit. Of 8 bits in WAV files: offset by 128.
  case integer(bits: Int)
  /// IEEE 754, full scale at ±1.
  case single
  case double
}

/// Unsigned numbers in bytes.
enum ByteNumber {
  /// At most 8 bytes.
  static func unsigned(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> UInt64 {
    isBigEndian
      ? bytes.reduce(0) { $0 << 8 | UInt64($1) } : bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
