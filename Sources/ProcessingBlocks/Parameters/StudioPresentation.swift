/// What Studio's `parameters.json` says of a block besides its parameters: how it is named and shown.
public struct StudioPresentation: Sendable, Hashable {
  /// Short name of the features, e.g. `Spectral features`.
  public let name: String
  /// Part of names in the C++ code of a deployment.
  public let cppType: String
  /// Key of the parameter that says how wide a picture of the features is, `axes` for as many as the block has; nil for
  /// blocks whose features form no picture for a convolution.
  public let convolutionColumns: String?
  /// Size of the first kernel of such a convolution; nil for the others.
  public let convolutionKernelSize: Int?
  /// Whether Studio's feature explorer can show the features, by reducing their dimensions.
  public let canBeExplored: Bool
  /// Whether Studio can tell which features matter.
  public let hasFeatureImportance: Bool

  init(
    _ name: String, cppType: String, convolution: (columns: String, kernel: Int)? = nil, canBeExplored: Bool = true,
    hasFeatureImportance: Bool = false
  ) {
    self.name = name
    self.cppType = cppType
    convolutionColumns = convolution?.columns
    convolutionKernelSize = convolution?.kernel
    self.canBeExplored = canBeExplored
    self.hasFeatureImportance = hasFeatureImportance
  }
}
