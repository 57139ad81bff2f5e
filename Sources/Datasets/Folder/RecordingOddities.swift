/// What is odd about recordings, told once with the number of those concerned, under the first of them.
enum RecordingOddities {
  /// Whatever gives ids and labels.
  static func problems(_ recordings: [DatasetListing.Recording], _ reading: ReadingOptions) -> [DatasetProblem] {
    var problems: [DatasetProblem] = []
    func note(_ concerned: [DatasetListing.Recording], _ message: (Int) -> String) {
      guard let first = concerned.first else { return }
      problems.append(DatasetProblem(severity: .warning, file: first.file.path, message: message(concerned.count)))
    }
    note(recordings.filter { !$0.boxes.isEmpty }) {
      "bounding boxes do not enter y (recordings that have some: \($0))"
    }
    if reading.hmacKey != nil {
      // Only these have a place for a signature.
      let signable = RecordingFormat.json.extensions + RecordingFormat.cbor.extensions
      note(recordings.filter { !signable.contains($0.file.fileExtension) }) {
        "formats other than JSON and CBOR carry no signature, so that the key proves nothing (such recordings: \($0))"
      }
    }
    return problems
  }

  /// Signs that file names are no labels. Only where nothing else gives them.
  static func labelProblems(_ recordings: [DatasetListing.Recording]) -> [DatasetProblem] {
    let named = recordings.filter { $0.isNamedByFile && $0.label != .unlabeled }
    guard let first = named.first else { return [] }
    let cure = "a folder yes.class gives the label \"yes\", and so do label files and \(SampleList.fileName)"
    if named.allSatisfy({ isNumber($0.label) }) {
      return [
        DatasetProblem(
          severity: .warning, file: first.file.path,
          message: "labels are what file names begin with, and all of them are numbers (recordings: \(named.count)); "
            + cure)
      ]
    }
    var folders: [ByteKey: String] = [:]
    for recording in named where recording.section?.number ?? 1 == 1 {
      let folder = String(Substring(recording.file.path.utf8.dropLast(recording.file.name.utf8.count)))
      let key = ByteKey("\(recording.category.rawValue)/\(recording.file.name)")
      if let other = folders.updateValue(folder, forKey: key), ByteKey(other) != ByteKey(folder) {
        return [
          DatasetProblem(
            severity: .warning, file: recording.file.path,
            message: "a file of this name lies in another folder too, and both get the same label; where folders are "
              + "labels, \(cure)")
        ]
      }
    }
    return []
  }

  private static func isNumber(_ label: RecordingLabel) -> Bool {
    guard case .single(let text) = label else { return false }
    return text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}
