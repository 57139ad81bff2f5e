/// The version of EdgeDSP, as provenance and `edgedsp --version` give it.
public enum EdgeDSPVersion {
  /// Semantic version.
  public static let current = "0.1.0"
}
