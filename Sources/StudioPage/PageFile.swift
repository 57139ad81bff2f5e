/// A file of the web page. The page is part of the program, so that it is there wherever the program is copied to.
///
/// The files are in `Resources`, which SwiftPM turns into arrays as it builds. A new one needs a line in `all`.
public struct PageFile: Sendable {
  /// File name, which is also the last part of its address.
  public let name: String
  /// What the file holds.
  public let bytes: [UInt8]

  /// Media type for browsers; every text is UTF-8.
  public var mediaType: String {
    switch name.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    default: "application/octet-stream"
    }
  }

  /// The file that browsers open.
  public static let index = PageFile(name: "index.html", bytes: PackageResources.index_html)

  /// What `index` loads.
  public static let all = [
    PageFile(name: "address.js", bytes: PackageResources.address_js),
    PageFile(name: "api.js", bytes: PackageResources.api_js),
    PageFile(name: "app.js", bytes: PackageResources.app_js),
    PageFile(name: "base.css", bytes: PackageResources.base_css),
    PageFile(name: "chart.js", bytes: PackageResources.chart_js),
    PageFile(name: "cloud.js", bytes: PackageResources.cloud_js),
    PageFile(name: "colors.js", bytes: PackageResources.colors_js),
    PageFile(name: "config-field.js", bytes: PackageResources.config_field_js),
    PageFile(name: "config.js", bytes: PackageResources.config_js),
    PageFile(name: "dom.js", bytes: PackageResources.dom_js),
    PageFile(name: "explorer.js", bytes: PackageResources.explorer_js),
    PageFile(name: "feature-view.js", bytes: PackageResources.feature_view_js),
    PageFile(name: "features.js", bytes: PackageResources.features_js),
    PageFile(name: "format.js", bytes: PackageResources.format_js),
    PageFile(name: "graphs.js", bytes: PackageResources.graphs_js),
    PageFile(name: "heat-map.js", bytes: PackageResources.heat_map_js),
    PageFile(name: "icon.svg", bytes: PackageResources.icon_svg),
    PageFile(name: "impulse.js", bytes: PackageResources.impulse_js),
    PageFile(name: "job.js", bytes: PackageResources.job_js),
    PageFile(name: "key.js", bytes: PackageResources.key_js),
    PageFile(name: "layout.css", bytes: PackageResources.layout_css),
    PageFile(name: "recordings.js", bytes: PackageResources.recordings_js),
    PageFile(name: "signal.js", bytes: PackageResources.signal_js),
    PageFile(name: "state.js", bytes: PackageResources.state_js),
    PageFile(name: "ticks.js", bytes: PackageResources.ticks_js),
    PageFile(name: "window-slider.js", bytes: PackageResources.window_slider_js),
  ]
}
