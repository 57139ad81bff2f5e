// swift-tools-version: 6.1
import PackageDescription

/// Whether another package depends on this one: SwiftPM checks those out into `checkouts`. It refuses versions of
/// packages with unsafe flags, which serve those who work on this one.
let isDependency = Context.packageDirectory.contains("/checkouts/")

/// Warnings are errors in every target of this package.
let strict: [SwiftSetting] = isDependency ? [] : [.unsafeFlags(["-warnings-as-errors"])]

/// Targets whose loops run per sample are optimised in debug builds too: there SIMD code is
/// 300 times slower without `-O`, and the golden tests would take an hour.
let numeric: [SwiftSetting] =
  isDependency
  ? []
  : strict + [
    .unsafeFlags(
      ["-O", "-disable-batch-mode", "-whole-module-optimization", "-num-threads", "2"], .when(configuration: .debug))
  ]

let package = Package(
  name: "EdgeDSP",
  products: [
    .executable(name: "edgedsp", targets: ["edgedsp"]),
    .library(name: "StudioServer", targets: ["StudioServer"]),
    .library(name: "StudioAPI", targets: ["StudioAPI"]),
    .library(name: "FeatureGeneration", targets: ["FeatureGeneration"]),
    .library(name: "ProcessingBlocks", targets: ["ProcessingBlocks"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "NumPyFiles", targets: ["NumPyFiles"]),
    .library(name: "DSPKernels", targets: ["DSPKernels"]),
    .library(name: "OutputFiles", targets: ["OutputFiles"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
  ],
  targets: [
    // MARK: Command line
    .executableTarget(
      name: "edgedsp",
      dependencies: [
        "CSystemCalls", "FeatureGeneration", "StudioAPI", "StudioServer", "ProcessingBlocks", "Datasets", "NumPyFiles",
        "OutputFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // MARK: Studio
    .target(
      name: "StudioServer",
      dependencies: [
        "StudioAPI", "StudioPage", "FeatureGeneration", "ProcessingBlocks", "Datasets", "DSPKernels", "EngineThreads",
        "NumPyFiles", "OutputFiles", "CSystemCalls",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
      ],
      swiftSettings: strict),
    // Of its own, since the files become array literals, which take seconds to compile.
    .target(name: "StudioPage", resources: [.embedInCode("Resources")], swiftSettings: strict),
    .target(
      name: "StudioAPI", dependencies: ["Datasets", "NumPyFiles", "OutputFiles"], swiftSettings: strict),

    // MARK: Engine
    .target(
      name: "FeatureGeneration",
      dependencies: [
        "CSystemCalls", "DSPKernels", "ProcessingBlocks", "Datasets", "EngineThreads", "NumPyFiles", "OutputFiles",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: numeric),
    .target(name: "ProcessingBlocks", dependencies: ["DSPKernels"], swiftSettings: numeric),
    .target(
      name: "Datasets",
      dependencies: [
        "CCBOR", "CPNG", "CSndFile", "CTurboJPEG", "CXXHash", "EngineThreads", "NumPyFiles", "OutputFiles",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: numeric),

    // MARK: Numerics and files
    .target(name: "DSPKernels", dependencies: ["CFFTW3", "CLanes"], swiftSettings: numeric),
    .target(name: "NumPyFiles", swiftSettings: numeric),
    .target(name: "EngineThreads", dependencies: ["CSystemCalls"], swiftSettings: numeric),
    .target(name: "OutputFiles", dependencies: ["NumPyFiles"], swiftSettings: numeric),

    // MARK: C
    .target(name: "CLanes"),
    .target(name: "CSystemCalls"),
    .systemLibrary(name: "CFFTW3", pkgConfig: "fftw3", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "CCBOR", pkgConfig: "libcbor", providers: [.apt(["libcbor-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),

    // MARK: Tests
    .testTarget(name: "DSPKernelsTests", dependencies: ["DSPKernels"], swiftSettings: strict),
    .testTarget(name: "NumPyFilesTests", dependencies: ["NumPyFiles"], swiftSettings: strict),
    .testTarget(name: "OutputFilesTests", dependencies: ["OutputFiles"], swiftSettings: strict),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets"], swiftSettings: strict),
    .testTarget(
      name: "ProcessingBlocksTests", dependencies: ["ProcessingBlocks", "NumPyFiles"],
      swiftSettings: strict),
    .testTarget(
      name: "FeatureGenerationTests",
      dependencies: ["FeatureGeneration", "ProcessingBlocks", "Datasets", "NumPyFiles", "OutputFiles"],
      swiftSettings: strict),
    .target(name: "HTTPTestServer", path: "Tests/HTTPTestServer", swiftSettings: strict),
    .target(name: "EndpointCases", dependencies: ["StudioAPI"], path: "Tests/EndpointCases", swiftSettings: strict),
    .testTarget(
      name: "StudioAPITests", dependencies: ["StudioAPI", "Datasets", "EndpointCases", "HTTPTestServer", "NumPyFiles"],
      swiftSettings: strict),
    .testTarget(
      name: "StudioServerTests",
      dependencies: [
        "edgedsp", "StudioServer", "StudioAPI", "StudioPage", "EndpointCases", "FeatureGeneration", "ProcessingBlocks",
        "Datasets", "NumPyFiles",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "edgedspTests", dependencies: ["edgedsp", "HTTPTestServer", "NumPyFiles", "ProcessingBlocks"],
      swiftSettings: strict),
  ]
)
