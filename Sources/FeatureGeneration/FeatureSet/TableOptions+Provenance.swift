import Datasets

extension TableOptions {
  /// The options that are not the default, by the names that an options file has for them.
  var provenance: [String: String] {
    let standard = TableOptions()
    var texts: [String: String] = [:]
    if skippedLines != standard.skippedLines { texts["skip-lines"] = "\(skippedLines)" }
    if let delimiter { texts["delimiter"] = String(UnicodeScalar(delimiter)) }
    if !hasHeader { texts["no-header"] = "true" }
    if let timestampColumn { texts["timestamp"] = timestampColumn }
    if timestampFormat != standard.timestampFormat { texts["timestamp-format"] = timestampFormat.rawValue }
    if let frequencyHz { texts["frequency"] = "\(frequencyHz)" }
    if let labelColumn { texts["label"] = labelColumn }
    if labeling != standard.labeling { texts["label-mode"] = labeling.rawValue }
    if !valueColumns.isEmpty { texts["values"] = valueColumns.joined(separator: ",") }
    switch split {
    case .rows(let rows): texts["split-rows"] = "\(rows)"
    case .milliseconds(let milliseconds): texts["split-ms"] = "\(milliseconds)"
    case nil: break
    }
    return texts
  }
}
