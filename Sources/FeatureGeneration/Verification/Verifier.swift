import Datasets
import EngineThreads
import Foundation
import ProcessingBlocks

/// Finds everything that Studio would refuse in an impulse, and everything that silently damages features; with a
/// dataset also what its recordings do to them.
public struct Verifier: Sendable {
  /// What to look at.
  public struct Options: Sendable {
    /// Seconds of measuring for each block; 0 measures nothing.
    public var measuringSeconds = 0.05
    /// Threads that `generate` would use.
    public var threads = Machine.usableProcessors

    /// All cores, 50 ms a block.
    public init() {}
  }

  let impulseFile: String
  let options: Options

  /// - Parameter impulseFile: Studio's impulse, with `dspBlockConfigs` beside it.
  public init(impulseFile: String, options: Options = Options()) {
    self.impulseFile = impulseFile
    self.options = options
  }

  /// Looks at the impulse, and at all recordings of `dataset`.
  ///
  /// - Throws: `ImpulseError` only where the impulse file cannot be read. All that is wrong with it is in the report.
  /// - Complexity: O(bytes of the recordings), each read once for every kind of window, in bounded memory.
  public func verify(dataset: Dataset? = nil) throws(ImpulseError) -> VerificationReport {
    var report = VerificationReport(impulse: impulseFile)
    let places: ImpulsePlaces
    do throws(DatasetError) {
      places = ImpulsePlaces(try JSONFile(path: impulseFile).data)
    } catch {
      var problem = ImpulseError.file(impulseFile, expected: error.expected, found: error.found)
      problem.fileKind = error.kind
      throw problem
    }
    let impulse: Impulse
    do throws(ImpulseError) {
      let read = try Impulse.read(impulseFile)
      impulse = read.impulse
      report.findings += read.problems.map { finding($0, places) }
    } catch {
      if error.fileKind != nil { throw error }
      report.findings = error.problems.map { finding($0, places) }
      return report
    }
    let prepared = prepare(impulse, places, &report)
    for group in groups(prepared) { check(group, impulse, places, dataset, &report) }
    addDatasetProblems(dataset, &report)
    // Findings of one severity keep the order of the file.
    report.findings = report.findings.enumerated().sorted {
      $0.element.severity != $1.element.severity
        ? $0.element.severity < $1.element.severity : $0.offset < $1.offset
    }.map(\.element)
    return report
  }

  // MARK: Settings

  /// A warning about a field of the input block.
  private func finding(
    _ kind: String, _ input: InputBlock, _ field: String, _ places: ImpulsePlaces, _ message: String
  ) -> VerificationReport.Finding {
    let line = places.line(
      ImpulseError.Problem(
        place: "impulse.inputBlocks[0]", issue: ConfigurationIssue(field, value: "", rule: "")))
    return VerificationReport.Finding(
      severity: .warning, kind: kind, file: impulseFile, line: line, place: "input block \(input.id)",
      parameter: field, message: message)
  }

  private func finding(_ problem: ImpulseError.Problem, _ places: ImpulsePlaces) -> VerificationReport.Finding {
    VerificationReport.Finding(
      severity: .error, kind: "configuration", file: impulseFile, line: places.line(problem), place: problem.place,
      parameter: problem.issue.parameter,
      message: problem.issue.parameter.isEmpty ? problem.issue.rule : "\(problem.issue)")
  }

  func finding(
    _ issue: ConfigurationIssue, _ block: ImpulseBlock, _ places: ImpulsePlaces, kind: String = "settings"
  ) -> VerificationReport.Finding {
    VerificationReport.Finding(
      severity: issue.severity == .error ? .error : .warning,
      kind: issue.severity == .error ? "configuration" : kind, file: impulseFile,
      line: places.line(block: block.id, parameter: issue.parameter), place: "block \(block.id) (\(block.name))",
      parameter: issue.parameter, message: "\(issue)")
  }

  /// Plans what can be planned; the rest is in the report.
  private func prepare(
    _ impulse: Impulse, _ places: ImpulsePlaces, _ report: inout VerificationReport
  ) -> [PreparedBlock] {
    var prepared: [PreparedBlock] = []
    for block in impulse.blocks {
      do throws(ConfigurationError) {
        let ready = try PreparedBlock(block, includesRaw: false)
        prepared.append(ready)
        report.findings += ready.plan.warnings.map { finding($0, block, places) }
      } catch {
        report.findings += error.issues.map { finding($0, block, places) }
      }
    }
    return prepared
  }

  /// Blocks that see the same windows.
  private func groups(_ blocks: [PreparedBlock]) -> [[PreparedBlock]] {
    var groups: [[PreparedBlock]] = []
    for block in blocks {
      if let index = groups.firstIndex(where: { $0[0].block.input.hasSameWindows(as: block.block.input) }) {
        groups[index].append(block)
      } else {
        groups.append([block])
      }
    }
    return groups
  }

  private func check(
    _ group: [PreparedBlock], _ impulse: Impulse, _ places: ImpulsePlaces, _ dataset: Dataset?,
    _ report: inout VerificationReport
  ) {
    var options = FeatureGenerator.Options()
    options.threads = self.options.threads
    let generator: FeatureGenerator
    do throws(ImpulseError) {
      generator = try FeatureGenerator(
        Impulse(name: impulse.name, blocks: group.map(\.block)), impulseFile: impulseFile, options: options)
    } catch {
      report.findings += error.problems.map { finding($0, places) }
      return
    }
    let measured = group.map { cost($0, generator) }
    report.blocks += measured
    let input = group[0].block.input
    if let subset = input.subset {
      report.findings.append(
        finding(
          "subset", input, "datasetSubset", places,
          "only \(subset.includePercentage) % of the recordings are used, and which ones Studio takes is not public"))
    }
    let window = input.window
    if window.hop > window.rows {
      let share = (1000 * Double(window.hop - window.rows) / Double(window.hop)).rounded() / 10
      report.findings.append(
        finding(
          "settings", input, "windowIncreaseMs", places,
          "windowIncreaseMs = \(window.increaseMs): is longer than a window of \(window.sizeMs) ms: \(share) % of the "
            + "rows lie between windows and are in none; use at most \(window.sizeMs)"))
    }
    guard let dataset else { return }
    var pass = DatasetPass(generator, dataset)
    pass.run()
    pass.report(into: &report, blocks: measured)
  }

  private func addDatasetProblems(_ dataset: Dataset?, _ report: inout VerificationReport) {
    if let dataset, dataset.entries.isEmpty, !dataset.problems.contains(where: { $0.severity == .error }) {
      report.findings.append(
        VerificationReport.Finding(
          severity: .error, kind: "dataset", file: dataset.path, line: nil, place: "", parameter: "",
          message: "expected recordings, found none"))
    }
    for problem in dataset?.problems ?? [] {
      let severity: VerificationReport.Finding.Severity =
        switch problem.severity {
        case .error: .error
        case .warning: .warning
        case .notice: .notice
        }
      report.findings.append(
        VerificationReport.Finding(
          severity: severity, kind: "dataset", file: problem.file, line: nil, place: "", parameter: "",
          message: problem.message))
    }
  }
}
