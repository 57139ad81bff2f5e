/// What is odd about the files of a folder without being wrong.
enum FolderOddities {
  /// - Parameters:
  ///   - files: all files, in the order of their paths.
  ///   - nonUTF8: paths that were passed over.
  static func problems(
    _ files: [FolderListing.File], nonUTF8: [String], recordings: [DatasetListing.Recording]
  ) -> [DatasetProblem] {
    var problems = nonUTF8.map {
      DatasetProblem(severity: .warning, file: $0, message: "its name is not UTF-8, so it is not used")
    }
    var byLowercase: [ByteKey: String] = [:]
    for file in files {
      if let other = byLowercase.updateValue(file.path, forKey: ByteKey(file.path.lowercased())) {
        problems.append(
          DatasetProblem(
            severity: .notice, file: file.path,
            message: "only the case of letters tells it from \(DatasetError.quoted(other))"))
      }
    }
    var byName: [ByteKey: String] = [:]
    for recording in recordings {
      let key = ByteKey("\(recording.category.rawValue)/\(recording.name)")
      if let other = byName.updateValue(recording.file.path, forKey: key) {
        problems.append(
          DatasetProblem(
            severity: .notice, file: recording.file.path,
            message: "it has the name \(DatasetError.quoted(recording.name)), as \(DatasetError.quoted(other)) has"))
      }
    }
    return problems
  }
}
