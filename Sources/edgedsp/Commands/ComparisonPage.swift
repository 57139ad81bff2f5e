import FeatureGeneration

/// A comparison as a web page: one file, nothing loaded from anywhere, light and dark.
struct ComparisonPage {
  private let report: ComparisonReport

  init(_ report: ComparisonReport) { self.report = report }

  private static let mostFeatures = 400
  private static let mostRecordings = 12

  /// A text inside HTML.
  private func safe(_ text: String) -> String {
    var result = ""
    for character in Terminal.line(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  var html: String {
    let word =
      switch report.verdict {
      case .equal: "Equal"
      case .withinTolerance: "Within tolerance"
      case .different: "Different"
      }
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>Feature comparison: \(word)</title><style>\(Self.style)</style></head><body><main>
      <header class="\(report.verdict.rawValue)"><p class="badge">\(word)</p>
      <h1>\(safe(reason))</h1></header>
      \(sides)\(tiles)\(causes)\(features)\(worst)\(recordings)\(windows)\(notes)
      <footer>EdgeDSP \(EdgeDSPVersion.current) · windows paired by \(safe(report.rowsBy)) · \
      features by \(safe(report.columnsBy ?? "nothing: their numbers differ")) · \
      tolerance |local − studio| ≤ \(report.tolerance) · (1 + |studio|)</footer>
      </main></body></html>

      """
  }

  /// As a sentence.
  private var reason: String {
    let text = ComparisonText(report).reason
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  // MARK: Sections

  /// - Parameter texts: columns that hold texts, besides the first; all others hold numbers and are set to the right.
  private func table(
    _ title: String, _ header: [String], texts: Set<Int> = [], _ rows: [[String]], more: String = ""
  ) -> String {
    if rows.isEmpty { return more.isEmpty ? "" : "<section>\(more)</section>\n" }
    func cells(_ tag: String, _ cells: [String]) -> String {
      cells.enumerated().map { index, cell in
        "<\(tag)\(texts.contains(index) ? " class=\"text\"" : "")>\(cell)</\(tag)>"
      }.joined()
    }
    let head = cells("th", header)
    let body = rows.map { "<tr>\(cells("td", $0))</tr>" }.joined(separator: "\n")
    return "<section><h2>\(title)</h2><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>\(head)</tr></thead>"
      + "<tbody>\n\(body)</tbody></table></div>\(more)</section>\n"
  }

  private var sides: String {
    func side(_ name: String, _ side: ComparisonReport.Side) -> String {
      "<div><b>\(name)</b><code>\(safe(side.x))</code><span>\(Quantity.grouped(side.rows)) windows × "
        + "\(Quantity.grouped(side.features)) features, \(safe(side.elementType))\(side.y == nil ? ", no y" : "")</span></div>"
    }
    return "<section class=\"sides\">\(side("Local", report.local))\(side("Studio", report.studio))</section>\n"
  }

  private var tiles: String {
    let values = report.values
    func tile(_ name: String, _ number: Int, _ kind: String) -> String {
      "<div class=\"tile \(number == 0 ? "" : kind)\"><b>\(Quantity.grouped(number))</b><span>\(name)</span></div>"
    }
    var bar = ""
    if values.compared > 0 {
      let parts = [("good", values.equal), ("warn", values.within), ("bad", values.outside)]
      // A few among millions must still be seen.
      bar = parts.filter { $0.1 > 0 }
        .map { "<i class=\"\($0.0)\" style=\"flex-grow:\(Double($0.1) / Double(values.compared))\"></i>" }.joined()
      bar = "<div class=\"bar\" role=\"img\" aria-label=\"share of equal, close and different values\">\(bar)</div>"
    }
    return "<section><div class=\"tiles\">" + tile("values equal", values.equal, "good")
      + tile("within tolerance", values.within, "warn") + tile("outside", values.outside, "bad")
      + tile("NaN on one side", values.nan, "bad") + tile("windows missing", report.windows.missing, "bad")
      + tile("windows extra", report.windows.extra, "bad") + tile("labels differ", report.labels.different, "bad")
      + "</div>\(bar)</section>\n"
  }

  private var causes: String {
    if report.causes.isEmpty { return "" }
    let cards = report.causes.enumerated().map { index, cause in
      "<article class=\"cause\"><h3>\(index == 0 ? "Probable cause: " : "Or: ")\(safe(cause.title))</h3>"
        + "<p>\(safe(cause.explanation))</p><p class=\"how\">\(cause.recomputed ? "tested by recomputing" : "read from the values")"
        + ", explains \(Int((cause.explains * 100).rounded(.down))) %</p></article>"
    }
    return "<section>\(cards.joined(separator: "\n"))</section>\n"
  }

  private var recordings: String {
    let most = max(1, report.recordings.first?.windowsOutside ?? 1)
    let rest = report.recordings.count - Self.mostRecordings
    return table(
      "Recordings with differences", ["recording", "windows outside", ""],
      report.recordings.prefix(Self.mostRecordings).map { recording in
        let share = Double(recording.windowsOutside) / Double(most) * 100
        return [
          safe(recording.recording ?? "sample \(recording.sampleId)"), Quantity.grouped(recording.windowsOutside),
          "<div class=\"meter\"><i style=\"width:\(Int(share.rounded(.up)))%\"></i></div>",
        ]
      },
      more: rest > 0
        ? "<p>… and \(Quantity.grouped(rest))\(rest + Self.mostRecordings == 100 ? " or more" : "") others.</p>" : "")
  }

  private var features: String {
    let sorted = report.features.filter { $0.within + $0.outside > 0 }
      .sorted { $0.outside != $1.outside ? $0.outside > $1.outside : $0.index < $1.index }
    let rest = sorted.count - Self.mostFeatures
    let equal = report.features.count - sorted.count
    var more = ""
    if equal > 0 {
      let what = equal == report.features.count ? "All \(Quantity.grouped(equal))" : Quantity.grouped(equal)
      more = "<p>\(what) features are equal in all windows.</p>"
    }
    if rest > 0 { more += "<p>… and \(Quantity.grouped(rest)) more that differ.</p>" }
    return table(
      "Features that differ",
      ["feature", "outside", "within", "equal", "max absolute", "max relative", "max ULP", "NaN"],
      sorted.prefix(Self.mostFeatures).map { feature in
        [
          safe(feature.name), Quantity.grouped(feature.outside), Quantity.grouped(feature.within),
          Quantity.grouped(feature.equal), ComparisonText.short(feature.maxAbsolute),
          ComparisonText.short(feature.maxRelative), Quantity.grouped(feature.maxULPs), "\(feature.nan)",
        ]
      }, more: more)
  }

  private var worst: String {
    var text = table(
      "Worst windows", ["window", "feature", "local", "Studio", "local row", "Studio's row"], texts: [1],
      report.worst.map { difference in
        [
          safe(ComparisonText.place(difference)), safe(difference.feature), ComparisonText.exact(difference.local),
          ComparisonText.exact(difference.studio), "\(difference.localRow)", "\(difference.studioRow)",
        ]
      })
    if let first = report.firstDivergence {
      text +=
        "<section><p>First divergence: local row \(first.localRow), \(safe(ComparisonText.place(first))), "
        + "<b>\(safe(first.feature))</b>: \(ComparisonText.exact(first.local)) locally, "
        + "\(ComparisonText.exact(first.studio)) in Studio's set.</p></section>\n"
    }
    return text
  }

  private var windows: String {
    let list =
      report.windows.missingExamples.map { ["missing locally", safe(ComparisonText.place($0))] }
      + report.windows.extraExamples.map { ["not in Studio's set", safe(ComparisonText.place($0))] }
      + report.labels.examples.map {
        ["label \($0.local) locally, \($0.studio) in Studio's set", safe(ComparisonText.place($0.window))]
      }
    return table("Windows and labels, for example", ["what", "window"], texts: [1], list)
  }

  private var notes: String {
    if report.notes.isEmpty { return "" }
    return "<section><h2>Notes</h2><ul>" + report.notes.map { "<li>\(safe($0))</li>" }.joined() + "</ul></section>\n"
  }

  private static let style = """
    :root{--ink:#17212b;--soft:#5b6875;--line:#dde3e9;--paper:#f5f7f9;--card:#fff;--good:#1a7f4b;--warn:#a86800;\
    --bad:#c0322b;color-scheme:light dark}
    @media (prefers-color-scheme:dark){:root{--ink:#e8edf2;--soft:#9aa7b4;--line:#2c3742;--paper:#12181e;--card:#1a222a;\
    --good:#4cc38a;--warn:#e0a13a;--bad:#ff7a70}}
    *{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
    main{max-width:1040px;margin:0 auto;padding:32px 20px 48px}h1{font-size:21px;line-height:1.35;margin:8px 0 0;font-weight:600}
    h2{font-size:15px;margin:0 0 10px}h3{font-size:15px;margin:0 0 4px}section{margin:20px 0}
    header{border-left:6px solid var(--bad);background:var(--card);padding:18px 22px;border-radius:6px}
    header.equal{border-color:var(--good)}header.within-tolerance{border-color:var(--warn)}
    .badge{margin:0;font-size:13px;font-weight:700;letter-spacing:.06em;text-transform:uppercase;color:var(--bad)}
    .equal .badge{color:var(--good)}.within-tolerance .badge{color:var(--warn)}
    .sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(280px,1fr));gap:12px}
    .sides div,.tile,.cause{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:12px 16px}
    .sides b,.sides code,.sides span{display:block}.sides code{overflow-wrap:anywhere;font-size:13px}.sides span{color:var(--soft)}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(125px,1fr));gap:12px}
    .tile b{display:block;font-size:20px;font-variant-numeric:tabular-nums}.tile span{color:var(--soft);font-size:13px}
    .tile.good b{color:var(--good)}.tile.warn b{color:var(--warn)}.tile.bad b{color:var(--bad)}
    .bar{display:flex;height:10px;border-radius:5px;overflow:hidden;margin-top:12px;background:var(--line)}
    .bar i{flex-basis:0;min-width:3px}.bar .good{background:var(--good)}.bar .warn{background:var(--warn)}.bar .bad{background:var(--bad)}
    .cause{border-left:4px solid var(--warn);margin-bottom:10px}.cause p{margin:0}.how{color:var(--soft);font-size:13px}
    .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:6px}
    table{border-collapse:collapse;width:100%;font-size:13.5px;font-variant-numeric:tabular-nums}
    th,td{padding:7px 12px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
    th{color:var(--soft);font-weight:600}th:first-child,td:first-child,.text{text-align:left}
    tr:last-child td{border-bottom:0}.scroll+p{color:var(--soft);margin:8px 2px 0}ul{padding-left:20px}
    .meter{width:180px;height:8px;background:var(--line);border-radius:4px;overflow:hidden;margin-left:auto}
    .meter i{display:block;height:100%;background:var(--bad)}
    @media (max-width:640px){main{padding:16px 12px 32px}header{padding:14px 16px}h1{font-size:18px}.meter{width:72px}
    .tiles{grid-template-columns:repeat(auto-fit,minmax(96px,1fr));gap:8px}.tile{padding:8px 12px}th,td{padding:6px 9px}
    th:first-child,td:first-child{position:sticky;left:0;background:var(--card);min-width:34vw;max-width:46vw;\
    white-space:normal;overflow-wrap:break-word}}
    @media print{body{background:#fff}.scroll{overflow:visible}}
    footer{color:var(--soft);font-size:13px;border-top:1px solid var(--line);padding-top:14px;margin-top:28px}
    """
}
