import DSPKernels
import Datasets

/// A recording in memory, for computing some of its windows in several ways.
final class TrialRecording {
  let header: RecordingHeader
  private let values: [Double]
  private var resampled: [Double: [Double]] = [:]

  var width: Int { header.sensors.count }

  /// Larger recordings are cut here; windows behind it are not tried.
  private static let mostValues = 1 << 24

  /// - Throws: `DatasetError`.
  init(_ entry: DatasetEntry, input: InputBlock) throws(DatasetError) {
    var reading = entry.reading
    reading.image = input.resizing
    let reader = try RecordingFile.open(path: entry.filePath, displayName: entry.path, options: reading)
    header = reader.header
    let width = header.sensors.count
    let block = UnsafeMutableBufferPointer<Double>.allocate(capacity: width * max(1, 16_384 / width))
    defer { block.deallocate() }
    var values: [Double] = []
    while values.count < Self.mostValues, case let count = try reader.readRows(into: block), count > 0 {
      values.append(contentsOf: block.prefix(count * width))
    }
    self.values = values
  }

  func hasRate(_ frequency: Double) -> Bool {
    [header.frequencyHz, 1000 / header.intervalMs].contains { abs($0 - frequency) <= 1e-4 * frequency }
  }

  /// Rows times axes values of a window, row by row; nil where the recording does not have it.
  func window(_ setup: TrialSetup, startMs: Int) -> [Double]? {
    let input = setup.block.input
    let columns = setup.block.axes.compactMap { axis in header.sensors.firstIndex { $0.name == axis } }
    guard columns.count == setup.block.axes.count else { return nil }
    if input.kind == .timeSeries, let stage = setup.resampling, !hasRate(input.frequency) {
      switch stage {
      case .recording:
        guard let rows = whole(at: input.frequency), let first = setup.firstRow(startMs: startMs) else { return nil }
        return cut(rows, first: first, rows: setup.rows, columns, pads: input.window.padsZeros)
      case .window:
        let own = SlidingWindow(
          sizeMs: input.window.sizeMs, increaseMs: input.window.increaseMs, frequency: header.frequencyHz,
          padsZeros: input.window.padsZeros)
        let (first, overflows) = (startMs / max(1, own.increaseMs)).multipliedReportingOverflow(by: own.hop)
        guard !overflows, own.rows > 0,
          let piece = cut(values, first: first, rows: own.rows, columns, pads: own.padsZeros)
        else { return nil }
        return Self.resample(piece, axes: columns.count, to: setup.rows)
      }
    }
    guard let first = setup.firstRow(startMs: startMs) else { return nil }
    return cut(values, first: first, rows: setup.rows, columns, pads: input.window.padsZeros)
  }

  private func cut(_ source: [Double], first: Int, rows: Int, _ columns: [Int], pads: Bool) -> [Double]? {
    let count = source.count / max(1, width)
    let isPadded = pads && first == 0 && count < rows && count > 0
    guard first >= 0, isPadded || first <= count - rows else { return nil }
    var window: [Double] = []
    window.reserveCapacity(rows * columns.count)
    for row in first..<min(first + rows, count) {
      for column in columns { window.append(source[row * width + column]) }
    }
    window.append(contentsOf: repeatElement(0, count: rows * columns.count - window.count))
    return window
  }

  /// The recording at another rate.
  private func whole(at frequency: Double) -> [Double]? {
    if let known = resampled[frequency] { return known }
    let count = values.count / max(1, width)
    guard count > 0, let rows = Resampling.rowCount(count, from: header.frequencyHz, to: frequency),
      rows <= Self.mostValues / width
    else { return nil }
    let result = Self.resample(values, axes: width, to: rows)
    resampled[frequency] = result
    return result
  }

  private static func resample(_ source: [Double], axes: Int, to rows: Int) -> [Double] {
    let resampler = PolyphaseResampler(rows: source.count / axes, resampledRows: rows, axes: axes)
    return [Double](unsafeUninitializedCapacity: rows * axes) { target, count in
      source.withUnsafeBufferPointer { source in
        guard let from = source.baseAddress, let into = target.baseAddress else { return }
        var (pushed, pulled) = (0, 0)
        while !resampler.isComplete {
          pulled += resampler.pull(
            into: UnsafeMutableBufferPointer(start: into + pulled * axes, count: (rows - pulled) * axes))
          let room = min(resampler.room, source.count / axes - pushed)
          resampler.push(from + pushed * axes, count: room)
          pushed += room
        }
      }
      count = rows * axes
    }
  }
}
