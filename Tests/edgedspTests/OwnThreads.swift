import HTTPTestServer
import Testing

/// Runs tests that wait for processes on threads of their own, so that they do not hold up all others.
struct OwnThreads: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(TestThreads.waiting) { try await function() }
  }
}

extension Trait where Self == OwnThreads {
  static var onOwnThreads: Self { Self() }
}
