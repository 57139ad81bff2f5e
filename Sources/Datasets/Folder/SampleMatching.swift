/// Finds the file of each sample in Studio's list.
///
/// Where a local Studio has written the path of the file, that decides. Else
/// a sample is looked for by its file name as a relative path, as a file name, as a file name without
/// extension, as a name in `info.labels`, and by the last component of its storage name. Each of these
/// narrows what the ones before left; the first that leaves one file decides. Names repeat in Studio,
/// storage names do not: where a name leaves several files, the storage name settles it, and without one
/// the category does.
struct SampleMatching {
  private let recordings: [DatasetListing.Recording]
  private var byPath: [ByteKey: [Int]] = [:]
  private var byFileName: [ByteKey: [Int]] = [:]
  private var byStem: [ByteKey: [Int]] = [:]
  private var byName: [ByteKey: [Int]] = [:]

  init(_ recordings: [DatasetListing.Recording]) {
    self.recordings = recordings
    for (index, recording) in recordings.enumerated() {
      byPath[ByteKey(recording.numbered(recording.file.path)), default: []].append(index)
      byFileName[ByteKey(recording.numbered(recording.file.name)), default: []].append(index)
      byStem[ByteKey(recording.numbered(recording.file.stem)), default: []].append(index)
      byName[ByteKey(recording.name), default: []].append(index)
    }
  }

  enum Match {
    case one(Int)
    case none
    case several([Int])
  }

  /// The recording of `sample`.
  func match(_ sample: SampleList.Sample) -> Match {
    if let path = sample.path, let found = byPath[ByteKey(path)], found.count == 1 { return .one(found[0]) }
    let stored = Self.storedName(sample).flatMap { byFileName[ByteKey($0)] }
    let name = ByteKey(sample.filename)
    let forms = [byPath[name], byFileName[name], byStem[name], byName[name], stored]
    var left: [Int] = []
    for case let found? in forms {
      let common = left.isEmpty ? found : found.filter(Set(left).contains)
      if common.count == 1 { return .one(common[0]) }
      if common.count > 1 {
        if let stored, stored.count == 1 { return .one(stored[0]) }
        left = common
      }
    }
    let sameCategory = left.filter { recordings[$0].category.rawValue == sample.category }
    if sameCategory.count == 1 { return .one(sameCategory[0]) }
    return left.isEmpty ? .none : .several(left)
  }

  /// What `match` has looked for, for errors.
  static func wanted(_ sample: SampleList.Sample) -> String {
    var text = "a file for \(sample.name): a path, file name, file name without extension or listed name "
    text += DatasetError.quoted(sample.filename)
    if let stored = storedName(sample) {
      text += ", or the file name \(DatasetError.quoted(stored))"
    }
    return text
  }

  private static func storedName(_ sample: SampleList.Sample) -> Substring? {
    sample.coldstorageFilename.flatMap { RecordingName.components($0).last }
  }
}
