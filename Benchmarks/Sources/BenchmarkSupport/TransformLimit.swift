import CFFTWSingle

/// FFTW alone on the frames of a workload: measured plans, single precision, all frames of a window in one call.
///
/// It is a yardstick, not a peer: no window is loaded, no power is computed.
public final class TransformLimit {
  private let plan: fftwf_plan
  private let input: UnsafeMutablePointer<Float>
  private let output: UnsafeMutablePointer<fftwf_complex>
  private let frames: Int

  /// - Parameter isShared: counts each frame once where windows overlap on the grid of frames.
  /// - Returns: nil for workloads without transforms, or where FFTW has no plan.
  public init?(_ workload: Workload, isShared: Bool) {
    guard let transforms = workload.transforms else { return nil }
    let shared = max(1, workload.hop / transforms.stride)
    let isGrid = workload.isAudio && workload.hop % transforms.stride == 0
    frames = isShared && isGrid ? min(transforms.count, shared) : transforms.count
    let count = frames * transforms.stride + transforms.length
    // Rows of whole vectors.
    let row = (transforms.length / 2 + 1 + 3) / 4 * 4
    input = fftwf_alloc_real(count)
    output = fftwf_alloc_complex(frames * row)
    var length = Int32(transforms.length)
    guard
      let plan = fftwf_plan_many_dft_r2c(
        1, &length, Int32(frames), input, nil, 1, Int32(transforms.stride), output, nil, 1, Int32(row), FFTW_MEASURE)
    else {
      fftwf_free(input)
      fftwf_free(output)
      return nil
    }
    self.plan = plan
    // Planning overwrites its arrays.
    for i in 0..<count { input[i] = Float(i % 251) - 125 }
  }

  deinit {
    fftwf_destroy_plan(plan)
    fftwf_free(input)
    fftwf_free(output)
  }

  /// Microseconds of CPU time a window.
  public func time(windows: Int = 2000) -> Double {
    let start = cpuSeconds()
    for _ in 0..<windows { fftwf_execute(plan) }
    return (cpuSeconds() - start) * 1e6 / Double(windows)
  }
}
