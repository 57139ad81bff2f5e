import Datasets

/// Hands out work so that memory stays bounded, all threads are busy and output keeps its order.
///
/// A recording is decoded by one thread at a time, slab after slab; the thread that decoded a slab also computes
/// it, while another decodes the next. The slab that is due for output may always be made; any other only while the
/// number of slabs in flight is below a limit, so that a slow disk does not let finished slabs pile up. Half of that
/// room is kept for the recording that is due: slabs of later ones, which wait until it is complete, would fill all of
/// it and leave one thread to work at a time.
struct SlabQueue {
  /// What a worker does next.
  enum Work {
    case open(recording: Int)
    case continueReading(RecordingStream)
    case stop
  }

  private let recordingCount: Int
  private let limit: Int
  private var nextToOpen = 0
  private var idle: [RecordingStream] = []
  /// Recordings that are open, whether idle or being decoded.
  private var open = 0
  private var inFlight = 0
  /// Slabs in flight of each recording that has some.
  private var inFlightOf: [Int: Int] = [:]
  private var finished: [Place: Slab] = [:]
  private var due = Place(recording: 0, sequence: 0)
  private var isStopped = false
  private var pool: [Slab] = []

  private struct Place: Hashable {
    var recording: Int
    var sequence: Int
  }

  /// - Parameter limit: slabs in flight at one time.
  init(recordingCount: Int, limit: Int) {
    self.recordingCount = recordingCount
    self.limit = limit
  }

  /// The next piece of work, or nil when there is none at the moment.
  mutating func take() -> (Work, Slab)? {
    if isStopped { return (.stop, Slab()) }
    if let index = idle.indices.min(by: { idle[$0].recording < idle[$1].recording }),
      due == Place(recording: idle[index].recording, sequence: idle[index].sequence)
        || hasRoom(for: idle[index].recording)
    {
      noteTaken(idle[index].recording)
      return (.continueReading(idle.remove(at: index)), pool.popLast() ?? Slab())
    }
    if nextToOpen < recordingCount && (nextToOpen == due.recording || hasRoom(for: nextToOpen)) {
      noteTaken(nextToOpen)
      open += 1
      nextToOpen += 1
      return (.open(recording: nextToOpen - 1), pool.popLast() ?? Slab())
    }
    return nextToOpen == recordingCount && open == 0 ? (.stop, Slab()) : nil
  }

  private func hasRoom(for recording: Int) -> Bool {
    if inFlight >= limit { return false }
    return recording == due.recording || inFlight - inFlightOf[due.recording, default: 0] < limit / 2
  }

  private mutating func noteTaken(_ recording: Int) {
    inFlight += 1
    inFlightOf[recording, default: 0] += 1
  }

  /// Gives a stream back after a slab was decoded.
  mutating func giveBack(_ stream: RecordingStream) {
    if stream.isFinished { open -= 1 } else { idle.append(stream) }
  }

  /// Notes that a recording could not even be opened.
  mutating func noteUnopened() { open -= 1 }

  mutating func submit(_ slab: Slab) {
    finished[Place(recording: slab.recording, sequence: slab.sequence)] = slab
  }

  /// The slab that is due for output, if it is ready. As long as it is being written, no other is due.
  mutating func takeDue() -> Slab? {
    isStopped ? nil : finished.removeValue(forKey: due)
  }

  /// Takes back a slab that was written.
  mutating func noteWritten(_ slab: Slab) {
    inFlight -= 1
    let left = inFlightOf[slab.recording, default: 1] - 1
    inFlightOf[slab.recording] = left == 0 ? nil : left
    due =
      slab.outcome == nil
      ? Place(recording: due.recording, sequence: due.sequence + 1)
      : Place(recording: due.recording + 1, sequence: 0)
    pool.append(slab)
  }

  mutating func stop() { isStopped = true }
}
