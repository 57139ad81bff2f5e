// The queue is a value: tests play the threads themselves, so that every order of events can be tried.
// A script of random moves (take, submit in any order, write) checks what must always hold: output in order,
// a bound on slabs in flight, an end that is reached with every slab written once.
// Then the rules one by one: the recording that is due always goes on, the earliest idle one comes first, stop.
// Streams come from a reader that invents rows, so that no file is needed.
import Datasets
import Testing

@testable import FeatureGeneration

/// Hands out a number of rows of one axis.
private final class CountingReader: RecordingReader, @unchecked Sendable {
  let header = RecordingHeader(sensors: [Sensor(name: "x", units: "")], intervalMs: 1)
  private var rows: Int
  private(set) var fingerprint: String?
  var bytesRead: Int { 0 }

  init(rows: Int) { self.rows = rows }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    let count = min(rows, buffer.count)
    for index in 0..<count { buffer[index] = Double(index) }
    rows -= count
    if count == 0 { fingerprint = "done" }
    return count
  }
}

/// A queue with workers that a test moves one by one.
private final class Player {
  private static let window = SlidingWindow(sizeMs: 1, increaseMs: 1, frequency: 1000, padsZeros: false)

  var queue: SlabQueue
  private let rows: [Int]
  private(set) var hasStopped = false

  /// One window a slab, so a recording of n rows has n slabs, and one more that ends it.
  init(rows: [Int], threads: Int) {
    self.rows = rows
    queue = SlabQueue(recordingCount: rows.count, limit: 2 * threads + 2)
  }

  /// Takes work and decodes the slab; nil when there is none, or no more.
  func takeAndDecode() -> Slab? {
    guard let (work, slab) = queue.take() else { return nil }
    let stream: RecordingStream
    switch work {
    case .stop:
      hasStopped = true
      return nil
    case .open(let recording):
      stream = open(recording)
    case .continueReading(let idle):
      stream = idle
    }
    stream.next(slab)
    queue.giveBack(stream)
    return slab
  }

  func open(_ recording: Int) -> RecordingStream {
    RecordingStream(
      CountingReader(rows: rows[recording]), name: "r", recording: recording, label: .unlabeled, window: Self.window,
      slabWindows: 1)
  }

  /// The recording that the next piece of work opens, which turns out to be unusable; nil when it opens none.
  func takeUnusable() -> (recording: Int, slab: Slab)? {
    guard let (work, slab) = queue.take(), case .open(let recording) = work else { return nil }
    slab.recording = recording
    slab.sequence = 0
    slab.outcome = .failed(DatasetError(file: "", expected: "", found: ""))
    queue.noteUnopened()
    return (recording, slab)
  }

  func submit(_ slab: Slab) { queue.submit(slab) }
  func takeDue() -> Slab? { queue.takeDue() }
  func noteWritten(_ slab: Slab) { queue.noteWritten(slab) }
}

struct SlabQueueTests {
  @Test(arguments: [1, 2, 3, 7])
  func randomPlayWritesEverySlabInOrder(threads: Int) {
    var random = SeededGenerator(seed: UInt64(threads))
    for _ in 0..<50 {
      let rows = (0..<Int.random(in: 1...12, using: &random)).map { _ in Int.random(in: 0...9, using: &random) }
      let player = Player(rows: rows, threads: threads)
      var computing: [Slab] = []
      var written: [[Int]] = []
      var inFlight = 0
      var most = 0
      while !player.hasStopped || !computing.isEmpty {
        let place = computing.indices.randomElement(using: &random)
        let isFree = computing.count < threads && !player.hasStopped
        if isFree, place == nil || Bool.random(using: &random), let slab = player.takeAndDecode() {
          inFlight += 1
          computing.append(slab)
        } else if let place {
          player.submit(computing.remove(at: place))
        } else if !player.hasStopped {
          Issue.record("nothing to do after \(written.count) slabs of \(rows)")
          return
        }
        most = max(most, inFlight)
        while computing.isEmpty || Bool.random(using: &random), let slab = player.takeDue() {
          written.append([slab.recording, slab.sequence])
          inFlight -= 1
          player.noteWritten(slab)
        }
      }
      // Workers beyond the limit may each have one more slab of the recording that is due.
      #expect(most <= 2 * threads + 2 + threads)
      let expected = rows.enumerated().flatMap { recording, count in (0...count).map { [recording, $0] } }
      #expect(firstDifference(written, expected) == nil)
    }
  }

  @Test func otherRecordingsWaitAtTheLimit() {
    let player = Player(rows: Array(repeating: 1, count: 20), threads: 1)
    var opened: [Int] = []
    // The first recording is under way all the time; the others end at once, unwritten.
    while let (recording, slab) = player.takeUnusable() {
      opened.append(recording)
      if recording > 0 { player.submit(slab) }
    }
    // Two of four: the other half of the room is for the recording that is due.
    #expect(opened == [0, 1, 2])
    #expect(player.takeDue() == nil)
  }

  @Test func laterRecordingsLeaveRoomForTheOneThatIsDue() throws {
    let player = Player(rows: [9, 9, 9, 9], threads: 1)
    let taken = player.queue.take()
    let (_, first) = try #require(taken)
    // While a thread decodes the first, others take what is behind it, as far as there is room.
    #expect((0..<3).compactMap { _ in player.takeUnusable()?.recording } == [1, 2])
    let stream = player.open(0)
    stream.next(first)
    player.queue.giveBack(stream)
    // Another thread goes on with the first recording before its first slab has been written.
    let second = try #require(player.takeAndDecode())
    #expect(second.recording == 0 && second.sequence == 1)
  }

  @Test func slabsDoNotPileUpBehindASlowDisk() throws {
    let player = Player(rows: Array(repeating: 9, count: 9), threads: 1)
    // Idle streams are preferred to new recordings, the earliest first. At the limit of four the recording that is
    // due waits too, until one of its slabs has been written.
    let taken = (0..<7).compactMap { _ in player.takeAndDecode() }
    #expect(taken.map { [$0.recording, $0.sequence] } == (0..<4).map { [0, $0] })
    for slab in taken { player.submit(slab) }
    #expect(player.takeAndDecode() == nil)
    player.noteWritten(try #require(player.takeDue()))
    #expect(player.takeAndDecode()?.sequence == 4)
  }

  @Test func onlyOneWritesAtATime() throws {
    let player = Player(rows: [5], threads: 2)
    for _ in 0..<2 { player.submit(try #require(player.takeAndDecode())) }
    let first = try #require(player.takeDue())
    #expect(player.takeDue() == nil)
    player.noteWritten(first)
    #expect(player.takeDue()?.sequence == 1)
  }

  @Test func anUnusableRecordingLetsTheNextOneThrough() throws {
    let player = Player(rows: [3, 0], threads: 1)
    let unusable = try #require(player.takeUnusable())
    player.submit(unusable.slab)
    player.submit(try #require(player.takeAndDecode()))
    for recording in 0...1 {
      let slab = try #require(player.takeDue())
      #expect(slab.recording == recording)
      player.noteWritten(slab)
    }
    #expect(player.takeAndDecode() == nil && player.hasStopped)
  }

  @Test func slabsThatWereWrittenAreUsedAgain() throws {
    let player = Player(rows: [3], threads: 1)
    let slab = try #require(player.takeAndDecode())
    player.submit(slab)
    player.noteWritten(try #require(player.takeDue()))
    #expect(player.takeAndDecode() === slab)
  }

  @Test func stopEndsEveryWorker() throws {
    let player = Player(rows: [3, 3, 3], threads: 2)
    player.submit(try #require(player.takeAndDecode()))
    player.queue.stop()
    #expect(player.takeDue() == nil)
    #expect(player.takeAndDecode() == nil && player.hasStopped)
  }

  @Test func nothingToDoIsTheEnd() {
    let player = Player(rows: [], threads: 4)
    #expect(player.takeAndDecode() == nil && player.hasStopped)
  }
}
