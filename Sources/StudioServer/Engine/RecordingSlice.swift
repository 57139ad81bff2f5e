import Datasets
import FeatureGeneration
import Foundation
import ProcessingBlocks
import StudioAPI

/// Rows of a recording as a block sees them: its axes, at the impulse's rate, so that row `k × hop` begins window `k`.
///
/// Block 0 is no block: then these are the rows of the file.
struct RecordingSlice: Sendable {
  private let rows: RecordingRows
  private let range: Range<Int>
  /// Whether a part was asked for.
  private let isCropped: Bool
  private let block: ImpulseBlock?
  private let description: SampleDescription

  /// - Parameters:
  ///   - start: first row; nil for the whole recording.
  ///   - end: the row after the last; nil for one window of the input block.
  ///   - limit: most rows; 0 or more.
  /// - Throws: `Refusal` for unknown ids and ranges that are none of the recording, `DatasetError`.
  init(
    _ services: Services, block id: Int, sample: Int, start: Int?, end: Int?, limit: Int? = nil
  ) throws {
    let contents = services.project.contents
    let entry = try contents.recordings.entry(sample)
    description = SampleDescription(
      entry, services.engine.shelf.finding(entry), project: services.project,
      isDisabled: contents.recordings.isDisabled(sample))
    let windowRows: Int
    if id == 0 {
      block = nil
      rows = try RecordingRows(entry, shelf: services.engine.shelf)
      windowRows = contents.impulse.impulse.blocks.first?.input.window.rows ?? rows.count
    } else {
      let block = try contents.impulse.block(id)
      self.block = block
      rows = try RecordingRows(
        entry, generator: try contents.impulse.prepared.generator(id), shelf: services.engine.shelf)
      windowRows = block.input.window.rows
    }
    isCropped = start != nil
    guard let start else {
      range = 0..<min(rows.count, limit ?? rows.count)
      return
    }
    let (windowEnd, overflow) = start.addingReportingOverflow(windowRows)
    let wanted = end ?? (overflow ? .max : min(windowEnd, max(rows.count, start)))
    guard start >= 0, wanted > start, wanted <= rows.count else {
      throw Refusal("rows \(start) to \(wanted) are no slice of \(rows.count) rows")
    }
    range = start..<wanted
  }

  /// The rows as Studio answers them.
  func response() throws -> Studio.GetSampleDSPResponse {
    Studio.GetSampleDSPResponse(
      sample: sample, payload: try rows.payload(range, isCropped: isCropped), totalPayloadLength: total)
  }

  /// Rows of the slice, or of the recording.
  private var total: Int { isCropped ? range.count : rows.count }

  /// The recording with the columns, the rate and the number of rows of the payload.
  private var sample: Studio.Sample {
    var sample = description.sample
    guard block != nil else { return sample }
    sample.sensors = rows.sensors.enumerated().map { Studio.Sensor(index: $0, name: $1.name, units: $1.units) }
    if rows.header.imageSize == nil && rows.count > 1 {
      sample.intervalMs = rows.header.intervalMs
      sample.frequency = rows.header.frequencyHz
    }
    sample.valuesCount = rows.count
    return sample
  }

  /// Runs the block on the slice.
  ///
  /// - Parameter parameters: stand above those of the impulse.
  func run(_ parameters: [String: ParameterValue]) throws -> Studio.DSPRunResponseWithSample {
    guard let block else { throw Refusal("No DSP block found with ID 0") }
    var values = try rows.values(range)
    var shape = block.signalShape
    if shape.image == nil {
      shape.rows = range.count
      // A recording that is shorter than a window is completed as generation completes it.
      if rows.count < block.input.window.rows, range == 0..<rows.count, block.input.window.padsZeros {
        shape.rows = block.input.window.rows
        values += Array(repeating: 0, count: shape.rows * block.axes.count - values.count)
      }
    }
    let run = try WindowRun(block, parameters: parameters, shape: shape)
    let result = try run.run(values, drawsGraphs: true)
    let timeline = LabelTimeline(description.entry.label)
    let source = rows.sourceRows(range)
    let label = block.input.labeling.label(of: timeline, first: source.first, last: source.last)
    let atEnd = WindowLabeling.endOfWindow.label(of: timeline, first: source.first, last: source.last)
    return Studio.DSPRunResponseWithSample(
      features: result.features, graphs: result.graphs, labels: run.labels, labelAtEndOfWindow: atEnd,
      labelForWindow: label,
      sample: Studio.RawSampleData(
        sample: sample,
        payload: rows.payload(
          of: Array(values.prefix(range.count * max(1, rows.sensors.count))), range: range, isCropped: true),
        totalPayloadLength: range.count),
      performance: run.performance, canProfilePerformance: true)
  }
}
