import CFFTW3
import Synchronization

/// A real transform by FFTW in Double, planned without measuring, so that every run gives the same bits.
///
/// On another processor FFTW may choose other code, and with it give other last bits; transforms in lanes do not.
///
/// The plan is immutable and may run on many threads at once, each with its own buffers.
final class FrequencyTransform: @unchecked Sendable {
  /// Planning touches state that all of FFTW shares and crashes when two threads do it at once.
  private static let planner = Mutex<Void>(())

  let length: Int
  private let plan: fftw_plan

  /// Input and output of one thread, aligned as every plan expects.
  final class Buffers {
    private let reals: LaneBuffer<Double>
    private let bins: LaneBuffer<Double>

    fileprivate init(length: Int) {
      reals = LaneBuffer(count: length)
      bins = LaneBuffer(count: length + 2)
    }

    /// `length` values, lost by `run`.
    var input: UnsafeMutablePointer<Double> { reals.base }
    /// `length / 2 + 1` bins, real part first.
    var output: UnsafeMutablePointer<fftw_complex> {
      UnsafeMutableRawPointer(bins.base).assumingMemoryBound(to: fftw_complex.self)
    }
  }

  /// - Parameter length: 1 to `Int32.max`.
  init(length: Int) {
    precondition(length > 0 && length <= Int(Int32.max), "FFTW takes 1 to 2^31 - 1 values")
    let buffers = Buffers(length: length)
    let (input, output) = (buffers.input, buffers.output)
    // The address leaves the lock as a number: the pointer type itself cannot be declared sendable.
    let address = withExtendedLifetime(buffers) {
      Self.planner.withLock { _ in
        UInt(bitPattern: fftw_plan_dft_r2c_1d(Int32(length), input, output, FFTW_ESTIMATE | FFTW_DESTROY_INPUT))
      }
    }
    guard let plan = fftw_plan(bitPattern: address) else {
      preconditionFailure("FFTW has no plan for length \(length)")
    }
    self.length = length
    self.plan = plan
  }

  deinit {
    let plan = plan
    Self.planner.withLock { _ in fftw_destroy_plan(plan) }
  }

  func makeBuffers() -> Buffers { Buffers(length: length) }

  /// Transforms `buffers.input` into `buffers.output`.
  func run(_ buffers: Buffers) { fftw_execute_dft_r2c(plan, buffers.input, buffers.output) }
}
