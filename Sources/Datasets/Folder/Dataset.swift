/// A folder of recordings with their labels, in the order in which Studio lays out the rows of X.
///
/// ```swift
/// let dataset = try Dataset.open(path: "gestures")
/// for entry in dataset.entries where entry.category == .training {
///   let reader = try entry.open()
/// }
/// ```
///
/// The folder is an exported dataset (`info.labels`), a folder with `training` and `testing`, or any
/// folder of recordings. Files are found and named here. Only those that the options cut into recordings, or
/// that state labels, are opened.
public struct Dataset: Sendable {
  /// The folder, as it was given.
  public let path: String
  /// The recordings, newest first: in the order of Studio's list, or in reverse listing order.
  public let entries: [DatasetEntry]
  /// Files of the folder that are not used.
  public let ignored: [IgnoredFile]

  /// Scans a dataset folder.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - samplesFile: Studio's list of samples as JSON. Default: `samples.json` in the folder, if there
  ///     is one. The list gives ids, labels, categories and order; files that it does not name and
  ///     samples that it calls disabled are not used.
  ///   - reading: how the files are read where their formats leave room.
  /// - Throws: `DatasetErrors` with everything that is wrong, so that it can be repaired in one go.
  /// - Complexity: O(n log n) for n files, and the size of the label files and of the files that are opened.
  public static func open(
    path: String, samplesFile: String? = nil, reading: ReadingOptions = ReadingOptions()
  ) throws(DatasetErrors) -> Dataset {
    let root: DatasetRoot
    do { root = try DatasetRoot(path) } catch { throw DatasetErrors(error) }
    let list: SampleFile?
    do { list = try SampleFile.find(samplesFile, in: root) } catch { throw DatasetErrors(error) }
    let listing = DatasetListing(root, samplesFile: list?.realPath)
    var build = DatasetBuild(listing, reading: reading)
    if let list { build.addListed(list) } else { build.addNumbered() }
    if let errors = DatasetErrors(build.errors) { throw errors }
    return Dataset(
      path: path, entries: build.entries,
      ignored: build.ignored.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) })
  }
}
