// swift-tools-version: 6.1
import Foundation
import PackageDescription

// A package of its own, so that users of the library do not fetch what only benchmarks need.
//
// `swift package benchmark` runs the benchmarks, `swift run -c release workloads` the tool behind compare.py. With
// EDGEDSP_PLAIN_BENCHMARKS set, package-benchmark is left out: the tool then needs nothing but EdgeDSP.
let isPlain = ProcessInfo.processInfo.environment["EDGEDSP_PLAIN_BENCHMARKS"] != nil

let engine: [Target.Dependency] = ["ProcessingBlocks", "NumPyFiles"].map { .product(name: $0, package: "EdgeDSP") }

var dependencies: [Package.Dependency] = [.package(name: "EdgeDSP", path: "..")]
var targets: [Target] = [
  .target(name: "BenchmarkSupport", dependencies: engine + ["CFFTWSingle"]),
  .executableTarget(name: "workloads", dependencies: ["BenchmarkSupport"]),
  .executableTarget(name: "mallocs", dependencies: ["BenchmarkSupport", "CMallocCount"]),
  .target(name: "CMallocCount"),
  .systemLibrary(name: "CFFTWSingle", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
]

if !isPlain {
  // Without its traits it counts no allocations, and needs no library that replaces malloc; `mallocs` counts them.
  dependencies.append(.package(url: "https://github.com/ordo-one/package-benchmark", from: "1.29.0", traits: []))
  targets += ["Kernels", "EndToEnd"].map {
    .executableTarget(
      name: $0,
      dependencies: engine + [
        "BenchmarkSupport", .product(name: "DSPKernels", package: "EdgeDSP"),
        .product(name: "FeatureGeneration", package: "EdgeDSP"),
        .product(name: "Datasets", package: "EdgeDSP"), .product(name: "Benchmark", package: "package-benchmark"),
      ],
      path: "Benchmarks/\($0)",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "package-benchmark")])
  }
}

let package = Package(name: "EdgeDSPBenchmarks", dependencies: dependencies, targets: targets)
