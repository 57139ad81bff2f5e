import CSndFile
import Glibc

/// The part of a file that libsndfile is shown, behind bytes of our own: only samples for WAV, only frames for FLAC.
private final class StreamWindow {
  let source: ByteSource
  let prefix: [UInt8]
  let start: Int
  let length: Int
  var position = 0
  /// What the system said when it refused to give bytes.
  var failure: DatasetError?

  init(_ source: ByteSource, prefix: [UInt8], start: Int, length: Int) {
    self.source = source
    self.prefix = prefix
    self.start = start
    self.length = length
  }

  var size: Int { prefix.count + length }

  /// Offset in the file of the byte that is read next.
  var filePosition: Int { start + max(0, position - prefix.count) }

  func seek(to offset: Int) -> Int {
    position = min(max(0, offset), size)
    return position
  }

  func read(into target: UnsafeMutableRawBufferPointer) -> Int {
    guard failure == nil else { return 0 }
    let wanted = min(target.count, size - position)
    var done = 0
    while done < wanted, position < prefix.count {
      target[done] = prefix[position]
      done += 1
      position += 1
    }
    if done < wanted {
      do throws(DatasetError) {
        let count = try source.read(
          into: UnsafeMutableRawBufferPointer(rebasing: target[done..<wanted]), at: filePosition)
        done += count
        position += count
      } catch {
        failure = error
      }
    }
    return done
  }
}

/// Samples of a file as libsndfile decodes them, front to back.
///
/// libsndfile keeps no state between streams that reading changes, so streams of different threads do not meet.
final class SampleStream {
  private let window: StreamWindow
  private let handle: OpaquePointer

  /// The samples of a WAV file, without a head.
  convenience init(wave: WaveLayout, _ source: ByteSource) throws(DatasetError) {
    let encoding =
      switch wave.format.encoding {
      case .integer(8): SF_FORMAT_PCM_U8
      case .integer(16): SF_FORMAT_PCM_16
      case .integer(24): SF_FORMAT_PCM_24
      case .integer: SF_FORMAT_PCM_32
      case .single: SF_FORMAT_FLOAT
      case .double: SF_FORMAT_DOUBLE
      }
    let order = wave.isBigEndian ? SF_ENDIAN_BIG : SF_ENDIAN_LITTLE
    var info = SF_INFO()
    info.channels = CInt(wave.format.channels)
    info.samplerate = CInt(wave.format.rate)
    info.format = CInt(SF_FORMAT_RAW) | CInt(encoding) | CInt(order)
    try self.init(
      StreamWindow(source, prefix: [], start: wave.dataStart, length: wave.dataLength), &info,
      channels: wave.format.channels)
  }

  /// The frames of a FLAC file, behind the shortened head.
  convenience init(flac: FLACHead, _ source: ByteSource) throws(DatasetError) {
    var info = SF_INFO()
    let window = StreamWindow(
      source, prefix: flac.bytes, start: flac.framesStart, length: source.size - flac.framesStart)
    try self.init(window, &info, channels: flac.channels)
  }

  private init(_ window: StreamWindow, _ info: inout SF_INFO, channels: Int) throws(DatasetError) {
    // From here on the file is read in order, so that nothing is read twice for the fingerprint.
    try window.source.hash(upTo: window.start)
    var io = SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(streamWindow($0)?.size ?? 0) },
      seek: { offset, whence, data in
        guard let window = streamWindow(data) else { return -1 }
        let origin = whence == SEEK_CUR ? window.position : whence == SEEK_END ? window.size : 0
        let (target, overflow) = origin.addingReportingOverflow(Int(offset))
        return overflow ? -1 : sf_count_t(window.seek(to: target))
      },
      read: { target, count, data in
        guard let window = streamWindow(data), let target, count > 0 else { return 0 }
        return sf_count_t(window.read(into: UnsafeMutableRawBufferPointer(start: target, count: Int(count))))
      },
      write: { _, _, _ in 0 },
      tell: { sf_count_t(streamWindow($0)?.position ?? 0) })
    let handle = sf_open_virtual(&io, CInt(SFM_READ), &info, Unmanaged.passUnretained(window).toOpaque())
    if let failure = window.failure {
      sf_close(handle)
      throw failure
    }
    guard let handle, info.channels == CInt(channels) else {
      sf_close(handle)
      throw DatasetError(
        file: window.source.file, position: .byte(window.start), expected: "samples", found: "what libsndfile refuses")
    }
    self.window = window
    self.handle = handle
  }

  deinit { sf_close(handle) }

  /// Offset in the file behind the bytes that the decoder has taken; it may be some kilobytes ahead of the samples.
  var filePosition: Int { window.filePosition }

  /// Frames as integers of 16 bits, which the file must have. Fewer than asked only at the end, or where `check`
  /// throws.
  func read(into target: UnsafeMutablePointer<Int16>, frames: Int) -> Int {
    max(0, Int(sf_readf_short(handle, target, sf_count_t(frames))))
  }

  /// Frames as integers at the top of 32 bits.
  func read(into target: UnsafeMutablePointer<Int32>, frames: Int) -> Int {
    max(0, Int(sf_readf_int(handle, target, sf_count_t(frames))))
  }

  /// Frames as floats, as they are in the file.
  func read(into target: UnsafeMutablePointer<Float>, frames: Int) -> Int {
    max(0, Int(sf_readf_float(handle, target, sf_count_t(frames))))
  }

  /// Frames as doubles, as they are in the file.
  func read(into target: UnsafeMutablePointer<Double>, frames: Int) -> Int {
    max(0, Int(sf_readf_double(handle, target, sf_count_t(frames))))
  }

  /// Throws what went wrong in the last read. `row` is the row that it began with.
  func check(row: Int) throws(DatasetError) {
    if let failure = window.failure { throw failure }
    if sf_error(handle) != 0 {
      let reason = sf_strerror(handle).map { String(cString: $0) } ?? "an error"
      throw DatasetError(
        file: window.source.file, position: .row(row, byte: filePosition), expected: "whole frames",
        found: "a decoder that says \(DatasetError.quoted(reason))")
    }
  }
}

/// The window that libsndfile carries as its user data.
private func streamWindow(_ data: UnsafeMutableRawPointer?) -> StreamWindow? {
  data.map { Unmanaged<StreamWindow>.fromOpaque($0).takeUnretainedValue() }
}
