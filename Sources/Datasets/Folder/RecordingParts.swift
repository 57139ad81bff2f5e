extension DatasetListing.Recording {
  /// The recordings that a file holds, with their labels; itself where nobody has to look into it.
  ///
  /// A label file has more to say than the file itself, the file more than its name. A file that cannot be read stays
  /// one recording: opening it tells what is wrong, and whoever leaves bad recordings out can do so.
  /// - Throws: `DatasetError` of kind `system`: then the file may well be cut, and nobody knows where.
  func parts(_ reading: ReadingOptions) throws(DatasetError) -> [DatasetListing.Recording] {
    guard let format = RecordingFormat.all.first(where: { $0.extensions.contains(file.fileExtension) }),
      format.mustBeOpened(reading)
    else { return [self] }
    let reader: any RecordingReader
    do throws(DatasetError) {
      reader = try RecordingFile.open(path: file.realPath, displayName: file.path, options: reading)
    } catch {
      if error.kind == .system { throw error }
      return [self]
    }
    if reader.sections.isEmpty {
      var part = self
      if !isLabeled, let label = reader.label {
        part.label = label
        part.isNamedByFile = false
      }
      return [part]
    }
    return reader.sections.map { section in
      var part = self
      part.section = section
      // Its other recordings are numbered behind all ids that are given.
      if section.number > 1 { part.id = nil }
      part.name += section.suffix
      if isLabeled {
        part.label = label.cut(to: section.rows)
      } else if let label = section.label {
        part.label = label
        part.isNamedByFile = false
      }
      return part
    }
  }
}
