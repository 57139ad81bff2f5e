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
  /// Recordings that a label file or Studio's list calls disabled, in the same order; they are in ``ignored`` too.
  public let disabled: [DatasetEntry]
  /// Files of the folder that are not used.
  public let ignored: [IgnoredFile]
  /// What is wrong or odd, the worst first, then by path. Errors are here only after ``scan(path:samplesFile:reading:split:)``;
  /// files that are not used are in ``ignored``, and here when their names are to blame.
  public let problems: [DatasetProblem]

  /// Scans a dataset folder.
  ///
  /// - Parameters:
  ///   - path: the folder.
  ///   - samplesFile: Studio's list of samples as JSON. Default: `samples.json` in the folder, if there
  ///     is one. The list gives ids, labels, categories and order; files that it does not name and
  ///     samples that it calls disabled are not used.
  ///   - reading: how the files are read where their formats leave room.
  ///   - split: deals out recordings that no label file and no folder name puts into a category. Default: nil, they
  ///     are training. Files that `info.labels` puts into the category `split` are always dealt out, by
  ///     ``CategorySplit/md5`` unless told otherwise.
  /// - Throws: `DatasetErrors` with everything that is wrong, so that it can be repaired in one go.
  /// - Complexity: O(n log n) for n files, and the size of the label files and of the files that are opened or dealt
  ///   out.
  public static func open(
    path: String, samplesFile: String? = nil, reading: ReadingOptions = ReadingOptions(),
    split: CategorySplit? = nil
  ) throws(DatasetErrors) -> Dataset {
    let (dataset, errors) = try read(path, samplesFile, reading, split)
    if let errors = DatasetErrors(errors) { throw errors }
    return dataset
  }

  /// Scans a dataset folder as ``open(path:samplesFile:reading:split:)`` does, but goes on where single files, entries
  /// of label files or samples are wrong: they are left out, and told in ``problems``.
  ///
  /// - Throws: `DatasetErrors` when the folder or Studio's list cannot be read at all, and when the system has run out
  ///   of something.
  public static func scan(
    path: String, samplesFile: String? = nil, reading: ReadingOptions = ReadingOptions(),
    split: CategorySplit? = nil
  ) throws(DatasetErrors) -> Dataset {
    try read(path, samplesFile, reading, split).dataset
  }

  /// The same folder with other recordings, such as those of a project that has changed since.
  package func replacing(entries: [DatasetEntry], disabled: [DatasetEntry]) -> Dataset {
    Dataset(path: path, entries: entries, disabled: disabled, ignored: ignored, problems: problems)
  }

  private static func read(
    _ path: String, _ samplesFile: String?, _ reading: ReadingOptions, _ split: CategorySplit?
  ) throws(DatasetErrors) -> (dataset: Dataset, errors: [DatasetError]) {
    let root: DatasetRoot
    do { root = try DatasetRoot(path) } catch { throw DatasetErrors(error) }
    let list: SampleFile?
    do { list = try SampleFile.find(samplesFile, in: root) } catch { throw DatasetErrors(error) }
    let listing = DatasetListing(root, samplesFile: list?.realPath, split: split)
    var build = DatasetBuild(listing, reading: reading)
    // What the system does not give today is no reason to go on with less.
    if let errors = DatasetErrors(build.errors.filter { $0.kind == .system }) { throw errors }
    if let list { build.addListed(list) } else { build.addNumbered() }
    // Sorting keeps the order in which errors of one file were found.
    let problems = (build.errors.map { DatasetProblem($0) } + listing.problems + build.problems).sorted {
      $0.severity != $1.severity
        ? $0.severity < $1.severity : $0.file.utf8.lexicographicallyPrecedes($1.file.utf8)
    }
    let dataset = Dataset(
      path: path, entries: build.entries, disabled: build.disabled,
      ignored: build.ignored.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }, problems: problems)
    return (dataset, build.errors)
  }
}
