import Foundation
import ProcessingBlocks
import Testing

@testable import StudioServer

// Strategy: recordings are made of tones and noise so that the rules have one answer that can be worked out by hand:
// where labels differ, how loud, how long. The small numeric parts are compared with plain versions of themselves.
// Whatever is suggested must be a configuration that the block takes, for many shapes of windows. What cannot be tuned
// must be refused with a message.

/// Recordings in memory.
private struct MadeRecordings {
  var labels: [String?] = []
  var signals: [[Double]] = []
  let axes: Int

  var recordings: Autotuner.Recordings {
    let (signals, axes) = (signals, axes)
    return Autotuner.Recordings(labels: labels) { index, rows in Array(signals[index].prefix(rows * axes)) }
  }

  /// For each label some recordings of tones, a list of (Hz, amplitude) a label, in noise.
  static func tones(
    _ tones: [String: [(Double, Double)]], frequency: Double, rows: Int, axes: Int = 1, count: Int = 6,
    noise: Double = 0.05, scale: Double = 1
  ) -> MadeRecordings {
    var made = MadeRecordings(axes: axes)
    var random = SplitMix64(seed: 3)
    for (label, parts) in tones.sorted(by: { $0.key < $1.key }) {
      for recording in 0..<count {
        made.labels.append(label)
        made.signals.append(
          (0..<rows * axes).map { index in
            let time = Double(index / axes) / frequency
            let tone = parts.reduce(0) { $0 + $1.1 * sin(2 * .pi * $1.0 * time + Double(recording)) }
            return scale * (tone + noise * (Double(random.below(2001)) / 1000 - 1))
          })
      }
    }
    return made
  }
}

private func tuner(
  _ type: String, frequency: Double, rows: Int, axes: Int = 1, version: Int? = nil
) throws -> Autotuner {
  let block = try #require(BlockRegistry.block(type: type))
  return try Autotuner(
    block: block, version: version ?? block.versions.upperBound,
    input: SignalShape(frequency: frequency, rows: rows, axes: (0..<axes).map { "axis\($0)" }))
}

private func values(_ suggestions: [Autotuner.Suggestion]) -> [String: String] {
  Dictionary(suggestions.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
}

struct SpectralTuningTests {
  @Test func slowMotionGetsALowPass() throws {
    let made = MadeRecordings.tones(["idle": [], "wave": [(4, 1)]], frequency: 100, rows: 1000, axes: 3)
    let found = values(
      try tuner("spectral-analysis", frequency: 100, rows: 200, axes: 3).suggestions(for: made.recordings))
    #expect(found["filter-type"] == "low")
    let cutoff = try #require(found["filter-cutoff"].flatMap(Double.init))
    #expect(cutoff > 4 && cutoff < 15, "\(cutoff) Hz lets 4 Hz through, and not everything")
    #expect(found["input-decimation-ratio"] == "3", "50 Hz / 3 · 0.9 is above \(cutoff) Hz, 50 Hz / 10 is not")
    let scale = try #require(found["scale-axes"].flatMap(Double.init))
    let largest = made.signals.joined().map(abs).max() ?? 0
    #expect(scale == 1 / largest)
    #expect(found["filter-order"] == "6")
    #expect(found["do-fft-overlap"] == "false")
  }

  @Test func fastMotionGetsAHighPass() throws {
    let made = MadeRecordings.tones(["idle": [], "whine": [(49, 1)]], frequency: 100, rows: 1000)
    let found = values(try tuner("spectral-analysis", frequency: 100, rows: 100).suggestions(for: made.recordings))
    #expect(found["filter-type"] == "high")
    let cutoff = try #require(found["filter-cutoff"].flatMap(Double.init))
    #expect(cutoff > 40 && cutoff < 49)
    #expect(found["input-decimation-ratio"] == "1")
  }

  @Test func differencesEverywhereGetNoFilter() {
    var flat = (0..<255).map { 1.9 + 0.001 * Double($0 % 2) }
    flat[0] = 2
    flat[254] = 2
    #expect(SpectralTuning.filter(differences: flat, frequency: 100).type == "none")
    #expect(
      SpectralTuning.filter(differences: [Double](repeating: 0, count: 255), frequency: 100)
        == .init(type: "none", cutoff: 25))
  }

  /// A single peak at a bin of a transform of 512 values; the place is one less than the bin, and its edges two off.
  @Test func theBandFollowsThePeak() {
    var differences = [Double](repeating: 0, count: 255)
    differences[20] = 1
    differences[21] = 0.6
    differences[22] = 0.6
    differences[23] = 0.4
    let filter = SpectralTuning.filter(differences: differences, frequency: 512)
    #expect(filter == .init(type: "low", cutoff: 25, shortest: 64))
    let mirrored = SpectralTuning.filter(differences: differences.reversed(), frequency: 512)
    #expect(mirrored == .init(type: "low", cutoff: 237), "there is no band-pass")
  }

  /// What PeakUtils 1.3.2 gives for these with `thres=0.8, min_dist=3`.
  @Test(
    arguments: [
      ([0, 1, 0], [1]), ([1, 0, 1], []), ([0, 0, 0], []), ([0, 5, 0, 4.2, 0], [1]), ([0, 5, 0, 0, 0, 4.2, 0], [1, 5]),
      ([0, 5, 0, 0, 0, 3.9, 0], [1]), ([0, 1, 1, 1, 0], [2]), ([0, 1, 1, 0], [1]), ([0, 2, 3, 3], []), ([], []),
      ([0, 4.5, 0, 5, 0, 4.6, 0, 0, 0, 0, 4.4, 0], [3, 10]),
    ] as [([Double], [Int])])
  func peaksAreThoseOfPeakUtils(_ values: [Double], _ places: [Int]) {
    #expect(SpectralTuning.peaks(values) == places)
  }

  @Test func aLongToneGetsALongTransform() throws {
    // Two tones a bin of 256 values apart: shorter transforms cannot tell them.
    let made = MadeRecordings.tones(
      ["a": [(20, 1)], "b": [(20.4, 1)]], frequency: 100, rows: 4096, count: 3, noise: 0.001)
    let found = values(try tuner("spectral-analysis", frequency: 100, rows: 1000).suggestions(for: made.recordings))
    let length = try #require(found["fft-length"].flatMap(Int.init))
    #expect(length >= 256, "\(length)")
  }

  @Test func theTransformIsNoLongerThanAWindowNeeds() throws {
    let made = MadeRecordings.tones(["a": [(20, 1)], "b": [(20.1, 1)]], frequency: 100, rows: 4096, count: 3)
    let found = values(try tuner("spectral-analysis", frequency: 100, rows: 50).suggestions(for: made.recordings))
    #expect(try #require(found["fft-length"].flatMap(Int.init)) <= 64)
  }

  @Test func waveletsWinWhereTheyTellMore() throws {
    // Clicks and noise: both have flat spectra, while the shapes of their distributions lie far apart.
    var made = MadeRecordings(axes: 1)
    var random = SplitMix64(seed: 8)
    for recording in 0..<8 {
      made.labels.append(recording % 2 == 0 ? "clicks" : "noise")
      made.signals.append(
        (0..<512).map { row in
          recording % 2 == 0 ? (row % 64 == recording ? 0.08 : 0) : Double(random.below(201)) / 20_000 - 0.005
        })
    }
    let found = values(try tuner("spectral-analysis", frequency: 100, rows: 256).suggestions(for: made.recordings))
    #expect(found["wavelet-level"] == "2", "log2(256) - 6")
    #expect(found["analysis-type"] == "Wavelet")
    #expect(found["filter-type"] == "none" && found["input-decimation-ratio"] == "1")
  }

  @Test func shortWindowsHaveNoWavelets() throws {
    let made = MadeRecordings.tones(["idle": [], "wave": [(4, 1)]], frequency: 100, rows: 1000)
    let found = values(try tuner("spectral-analysis", frequency: 100, rows: 127).suggestions(for: made.recordings))
    #expect(found["wavelet"] == nil && found["wavelet-level"] == nil && found["analysis-type"] == "FFT")
  }

  @Test func oneLabelOrShortRecordingsAreRefused() throws {
    let one = MadeRecordings.tones(["idle": []], frequency: 100, rows: 100)
    let spectral = try tuner("spectral-analysis", frequency: 100, rows: 100)
    #expect(
      throws: AnalysisError(.unsuited, "autotuning needs recordings of one label each, of at least two labels, found 1")
    ) {
      try spectral.suggestions(for: one.recordings)
    }
    let short = MadeRecordings.tones(["idle": [], "wave": []], frequency: 100, rows: 16)
    let error = #expect(throws: AnalysisError.self) { try spectral.suggestions(for: short.recordings) }
    #expect(error?.description.hasSuffix("found 2 labels and at most 16 rows") == true)
    #expect(throws: AnalysisError.self) { try tuner("spectral-analysis", frequency: 100, rows: 100, version: 3) }
    #expect(throws: AnalysisError.self) { try tuner("flatten", frequency: 100, rows: 100) }
  }
}

struct AudioTuningTests {
  @Test func melFramesFollowTheRate() throws {
    let made = MadeRecordings.tones(
      ["a": [(300, 1)], "b": [(900, 1)]], frequency: 16_000, rows: 16_000, count: 2, scale: 9000)
    let mfe = values(try tuner("mfe", frequency: 16_000, rows: 16_000).suggestions(for: made.recordings))
    #expect(
      mfe == [
        "frame_length": "0.025", "frame_stride": "0.01", "num_filters": "41", "fft_length": "512",
        "low_frequency": "80", "noise_floor_db": mfe["noise_floor_db"] ?? "",
      ])
    let mfcc = values(try tuner("mfcc", frequency: 16_000, rows: 16_000).suggestions(for: made.recordings))
    #expect(
      mfcc == [
        "frame_length": "0.025", "frame_stride": "0.02", "num_filters": "32", "fft_length": "512",
        "low_frequency": "80", "win_size": "151", "num_cepstral": "13",
      ])
  }

  @Test func theNoiseFloorFollowsQuietRecordings() throws {
    func floor(_ scale: Double) throws -> Double {
      let made = MadeRecordings.tones(
        ["a": [], "b": []], frequency: 8000, rows: 8000, count: 2, noise: 1, scale: scale)
      let found = values(try tuner("mfe", frequency: 8000, rows: 8000).suggestions(for: made.recordings))
      return try #require(found["noise_floor_db"].flatMap(Double.init))
    }
    #expect(try floor(20_000) == -52, "loud recordings leave it where it is")
    let quiet = try floor(20)
    #expect(quiet < -52 && quiet == quiet.rounded())
    // A tenth of the amplitude is 20 dB.
    #expect(abs(try floor(2) - quiet + 20) <= 1)
  }

  @Test(arguments: [0.5, 4.9, 5.1, 12.34, 60]) func aWindowHasAtMost500Frames(_ seconds: Double) throws {
    let made = MadeRecordings.tones(["a": [(300, 1)], "b": [(900, 1)]], frequency: 8000, rows: 2000, count: 1)
    for type in ["mfe", "mfcc", "spectrogram"] {
      let rows = Int(seconds * 8000)
      let tuner = try tuner(type, frequency: 8000, rows: rows)
      let found = values(try tuner.suggestions(for: made.recordings))
      let stride = try #require(found["frame_stride"].flatMap(Double.init))
      #expect(seconds / stride <= 500.001, "\(type)")
    }
  }

  @Test(arguments: [1, 2, 3, 4]) func onlyWhatTheVersionUsesIsSuggested(_ version: Int) throws {
    let made = MadeRecordings.tones(["a": [(300, 1)]], frequency: 16_000, rows: 16_000, count: 1)
    let found = values(
      try tuner("mfe", frequency: 16_000, rows: 16_000, version: version).suggestions(for: made.recordings))
    #expect((found["noise_floor_db"] != nil) == (version >= 3))
  }

  @Test func steadySoundsGetLongStrides() throws {
    let steady = MadeRecordings.tones(
      ["a": [(500, 1)], "b": [(2000, 1)]], frequency: 8000, rows: 4000, count: 2, noise: 0)
    func stride(_ made: MadeRecordings) throws -> Double {
      let found = values(try tuner("spectrogram", frequency: 8000, rows: 8000).suggestions(for: made.recordings))
      let frame = try #require(found["frame_length"].flatMap(Double.init))
      return try #require(found["frame_stride"].flatMap(Double.init)) / frame
    }
    #expect(abs(try stride(steady) - 2) < 0.02)
    var knocks = steady
    for index in knocks.signals.indices { knocks.signals[index][2000] += 0.9 }
    for index in knocks.signals.indices { for row in 2000..<2020 { knocks.signals[index][row] *= 30 } }
    #expect(abs(try stride(knocks) - 0.75) < 0.02)
  }

  @Test func theSpectrogramNeedsLabelsAndRows() throws {
    let spectrogram = try tuner("spectrogram", frequency: 8000, rows: 8000)
    let one = MadeRecordings.tones(["a": []], frequency: 8000, rows: 8000)
    #expect(throws: AnalysisError.self) { try spectrogram.suggestions(for: one.recordings) }
    let short = MadeRecordings.tones(["a": [], "b": []], frequency: 8000, rows: 31)
    #expect(throws: AnalysisError(.unsuited, "autotuning needs recordings of at least 32 rows, found 31")) {
      try spectrogram.suggestions(for: short.recordings)
    }
  }
}

struct AutotunerTests {
  /// Rates and windows from very short to long.
  static let shapes: [(frequency: Double, rows: Int)] = [
    (10, 20), (62.5, 125), (100, 17), (100, 500), (1000, 33), (8000, 100), (16_000, 4000), (44_100, 1500), (0.5, 40),
  ]

  @Test(arguments: ["spectral-analysis", "mfe", "mfcc", "spectrogram"], shapes)
  func whatIsSuggestedIsValid(_ type: String, _ shape: (frequency: Double, rows: Int)) throws {
    let (low, high) = (shape.frequency / 50, shape.frequency / 5)
    let made = MadeRecordings.tones(
      ["a": [(low, 1)], "b": [(high, 1)], "c": []], frequency: shape.frequency, rows: max(40, 2 * shape.rows), count: 2)
    let block = try #require(BlockRegistry.block(type: type))
    for version in max(1, Autotuner.minimumVersion(block) ?? 1)...block.versions.upperBound {
      let found = try tuner(type, frequency: shape.frequency, rows: shape.rows, version: version)
        .suggestions(for: made.recordings)
      let input = SignalShape(frequency: shape.frequency, rows: shape.rows, axes: ["axis0"])
      let plan = try block.makePlan(values(found).mapValues { .text($0) }, version: version, input: input)
      #expect(plan.featureCount > 0)
      #expect(found.allSatisfy { !$0.value.isEmpty } && Set(found.map(\.key)).count == found.count)
    }
  }

  @Test func someOfManyRecordingsAreRead() throws {
    var made = MadeRecordings.tones(["a": [(3, 1)], "b": [(9, 1)]], frequency: 100, rows: 200, count: 150)
    made.labels[0] = nil
    let read = Counter()
    let signals = made.signals
    let recordings = Autotuner.Recordings(labels: made.labels) { index, rows in
      read.add(index)
      return Array(signals[index].prefix(rows))
    }
    _ = try tuner("mfe", frequency: 100, rows: 100).suggestions(for: recordings)
    let indices = read.all
    #expect(indices.count == 201, "100 of each label, and one without")
    #expect(Set(indices).count == 201)
    #expect(indices.contains { $0 > 290 } && indices.contains { $0 < 10 })
  }

  @Test func recordingsWithoutNumbersArePassedOver() throws {
    var made = MadeRecordings.tones(["idle": [], "wave": [(4, 1)]], frequency: 100, rows: 1000)
    let tuner = try tuner("spectral-analysis", frequency: 100, rows: 200)
    let clean = try tuner.suggestions(for: made.recordings)
    made.labels += ["idle", "wave", "wave"]
    made.signals += [[1, .nan, 3], [], [Double](repeating: .infinity, count: 1000)]
    #expect(try tuner.suggestions(for: made.recordings) == clean)
  }

  @Test func cancellingEndsIt() throws {
    let made = MadeRecordings.tones(["idle": [], "wave": [(4, 1)]], frequency: 100, rows: 1000)
    let tuner = try tuner("spectral-analysis", frequency: 100, rows: 200)
    #expect(throws: AnalysisError.cancelled) { try tuner.suggestions(for: made.recordings, isCancelled: { true }) }
  }

  @Test func quantilesAreThoseOfASortedList() {
    var random = SplitMix64(seed: 4)
    for count in [1, 2, 3, 10, 101] {
      for share in [0, 0.5, 0.75, 1] {
        var values = (0..<count).map { _ in Double(random.below(20)) }
        let sorted = values.sorted()
        let place = share * Double(count - 1)
        let (low, high) = (sorted[Int(place)], sorted[min(count - 1, Int(place) + 1)])
        #expect(Scalar.quantile(&values, share) == low + (place - place.rounded(.down)) * (high - low))
      }
    }
  }

  @Test func powersOfTwoAreRoundedUp() {
    #expect(
      [-1, 0, 1, 2, 3, 4, 5, 400, 512, 513].map { Scalar.powerOfTwo(atLeast: $0) } == [
        1, 1, 1, 2, 4, 4, 8, 512, 512, 1024,
      ])
  }

  @Test func contrastIsTheCosineOfSums() {
    var contrast = LabelContrast(labels: 3)
    contrast.add([1, 0], label: 0)
    contrast.add([3, 0], label: 0)
    contrast.add([0, 2], label: 1)
    #expect(abs(contrast.distance - 1.0 / 3) < 1e-15, "one pair at a right angle, two with an empty label")
    contrast.add([5, 5], label: 2)
    let mean = (3 - 2 * 0.5.squareRoot()) / 3
    #expect(abs(contrast.distance - mean) < 1e-15)
    let expected: [Double] = [10, 10]
    // |2 - 0| + |2 - 5| + |0 - 5|, and |0 - 2| + |0 - 5| + |2 - 5|.
    #expect(contrast.differences == expected)
  }
}

/// What a closure was called with, from any thread.
private final class Counter: @unchecked Sendable {
  private let lock = NSLock()
  private var seen: [Int] = []
  func add(_ index: Int) { lock.withLock { seen.append(index) } }
  var all: [Int] { lock.withLock { seen } }
}
