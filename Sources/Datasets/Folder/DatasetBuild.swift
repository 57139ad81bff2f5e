import Glibc

/// Studio's list of samples where it was found.
struct SampleFile {
  let samples: [SampleList.Sample]
  /// How errors name the file.
  let file: String
  let realPath: String

  /// Reads the file that the user names, or the one in the folder; nil when there is none.
  static func find(_ path: String?, in root: DatasetRoot) throws(DatasetError) -> SampleFile? {
    if let path {
      let list = try SampleList(path: path, file: path)
      return SampleFile(samples: list.samples, file: path, realPath: RealPath(path)?.text ?? path)
    }
    let name = SampleList.fileName
    guard access(root.location(of: name), F_OK) == 0 else { return nil }
    let real = try root.resolve(name)
    return SampleFile(samples: try SampleList(path: real, file: name).samples, file: name, realPath: real)
  }
}

/// Turns a listing into entries with ids.
struct DatasetBuild {
  private(set) var entries: [DatasetEntry] = []
  /// What would be an entry if it were not disabled.
  private(set) var disabled: [DatasetEntry] = []
  private(set) var ignored: [IgnoredFile]
  private(set) var errors: [DatasetError]
  /// What is odd about the recordings without being wrong.
  private(set) var problems: [DatasetProblem] = []
  private let recordings: [DatasetListing.Recording]

  private let reading: ReadingOptions

  init(_ listing: DatasetListing, reading: ReadingOptions) {
    self.reading = reading
    ignored = listing.ignored
    errors = listing.errors
    var recordings: [DatasetListing.Recording] = []
    for recording in listing.recordings {
      do throws(DatasetError) { recordings += try recording.parts(reading) } catch { errors.append(error) }
    }
    self.recordings = recordings
    problems = RecordingOddities.problems(recordings, reading)
  }

  /// Ids of the label file; else from 1, or from the largest of them, in listing order. The latest comes first, as if
  /// the files had been uploaded in turn.
  mutating func addNumbered() {
    problems += RecordingOddities.labelProblems(recordings)
    var ids = Set<Int>()
    var next = recordings.compactMap(\.id).max() ?? 0
    var numbered: [DatasetEntry] = []
    for recording in recordings {
      let id = recording.id ?? next + 1
      next = max(next, id)
      guard Int32(exactly: id) != nil, ids.insert(id).inserted else {
        errors.append(
          DatasetError(
            file: InfoLabels.fileName, position: .entry("id"), expected: "different ids below 2^31",
            found: "the id \(id) of \(DatasetError.quoted(recording.file.path))"))
        continue
      }
      let entry = entry(recording, id: id, recording.category, recording.label, recording.metadata)
      if recording.isDisabled {
        disabled.append(entry)
        ignored.append(IgnoredFile(path: entry.path, reason: "\(InfoLabels.fileName) calls it disabled"))
      } else {
        numbered.append(entry)
      }
    }
    entries = numbered.sorted { $0.sampleID > $1.sampleID }
    disabled.sort { $0.sampleID > $1.sampleID }
  }

  /// Ids, labels, categories and order from Studio's list.
  mutating func addListed(_ list: SampleFile) {
    let matching = SampleMatching(recordings)
    var positionOfID: [Int: Int] = [:]
    var sampleOfFile: [Int: SampleList.Sample] = [:]
    var unused = Set<Int>()
    var contradictions = LabelContradictions()
    for (position, sample) in list.samples.enumerated() {
      let place = Place(file: list.file, index: position)
      do throws(DatasetError) {
        if let first = positionOfID.updateValue(position, forKey: sample.id) {
          throw place.error("different ids", "the id \(sample.id) of samples[\(first)] again")
        }
        let category = try place.category(of: sample)
        guard let index = try recording(of: sample, matching, place) else { continue }
        if let other = sampleOfFile.updateValue(sample, forKey: index) {
          let path = DatasetError.quoted(recordings[index].numbered(recordings[index].file.path))
          throw place.error(
            "a file of its own for \(sample.name)", "\(path), which is the file of \(other.name)")
        }
        let recording = recordings[index]
        let label = try self.label(of: sample, recording, list.file, position)
        contradictions.compare(recording, with: label, category)
        var entry = entry(recording, id: sample.id, category, label, sample.metadata ?? recording.metadata)
        if sample.path != nil {
          entry.name = sample.filename
          entry.boundingBoxes = sample.boxes
        }
        if sample.isDisabled {
          unused.insert(index)
          disabled.append(entry)
        } else {
          entries.append(entry)
        }
      } catch {
        errors.append(error)
      }
    }
    problems += contradictions.problems(of: list.file)
    for (index, recording) in recordings.enumerated() {
      if unused.contains(index) {
        ignored.append(
          IgnoredFile(path: recording.numbered(recording.file.path), reason: "\(list.file) calls it disabled"))
      } else if sampleOfFile[index] == nil {
        ignored.append(
          IgnoredFile(path: recording.numbered(recording.file.path), reason: "\(list.file) does not name it"))
      }
    }
  }

  /// An entry of the list, for errors about it.
  private struct Place {
    let file: String
    let index: Int

    func error(_ expected: String, _ found: String, _ kind: DatasetError.Kind = .malformed) -> DatasetError {
      DatasetError(
        file: file, position: .entry("samples[\(index)]"), expected: expected, found: found, kind: kind)
    }

    /// Checks the id on the way: column 1 of y is a 32-bit integer.
    func category(of sample: SampleList.Sample) throws(DatasetError) -> Category {
      guard Int32(exactly: sample.id) != nil, sample.id >= 0 else {
        throw error("an id from 0 to \(Int32.max)", "\(sample.id)")
      }
      guard let category = Category(rawValue: sample.category) else {
        throw error(
          "one of \(Category.allCases.map(\.rawValue).joined(separator: ", "))",
          "the category \(DatasetError.quoted(sample.category))")
      }
      return category
    }
  }

  /// The index of the recording of `sample`. Nil for a disabled sample without a file: Studio generates no
  /// features for it, so its file need not be there.
  private func recording(
    of sample: SampleList.Sample, _ matching: SampleMatching, _ place: Place
  ) throws(DatasetError) -> Int? {
    switch matching.match(sample) {
    case .one(let index): return index
    case .none where sample.isDisabled: return nil
    case .none: throw place.error(SampleMatching.wanted(sample), "none", .missing)
    case .several(let found):
      let paths = found.prefix(3).map { DatasetError.quoted(recordings[$0].numbered(recordings[$0].file.path)) }
      throw place.error(
        SampleMatching.wanted(sample), "\(found.count) files: \(paths.joined(separator: ", "))")
    }
  }

  /// The list's own label. A list without spans leaves those of the label file in force, unless a local Studio has
  /// written it.
  private func label(
    of sample: SampleList.Sample, _ recording: DatasetListing.Recording, _ file: String, _ position: Int
  ) throws(DatasetError) -> RecordingLabel {
    if !sample.spans.isEmpty {
      return try ListedSpan.label(sample.spans, file: file) {
        .entry("samples[\(position)].structuredLabels[\($0)]")
      }
    }
    if sample.path == nil, sample.label.isEmpty, case .multi = recording.label { return recording.label }
    return RecordingLabel(listed: sample.label)
  }

  private func entry(
    _ recording: DatasetListing.Recording, id: Int, _ category: Category, _ label: RecordingLabel,
    _ metadata: [String: String]
  ) -> DatasetEntry {
    var entry = DatasetEntry(
      path: recording.numbered(recording.file.path), filePath: recording.file.realPath, name: recording.name,
      category: category, label: label, sampleID: id,
      byteCount: recording.section?.bytes.count ?? recording.file.byteCount, metadata: metadata)
    entry.reading = reading
    entry.reading.section = recording.section
    entry.boundingBoxes = recording.boxes
    entry.labelMap = recording.labelMap
    return entry
  }
}
