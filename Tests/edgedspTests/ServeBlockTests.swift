import Foundation
import Glibc
import Testing

// The command is started as users start it, on a port that the system chooses, which it prints; a signal must end it
// with code 0. What it answers is tested where the server is. Wrong arguments must end it at once, with the code for
// usage.

struct ServeBlockTests {
  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func itServesUntilItIsAskedToStop(signal: CInt) throws {
    try withTemporaryFolder { folder in
      let process = try Tool.start(["serve-block", "flatten", "--port", "0"], in: folder)
      var output = ""
      for _ in 0..<600 where !output.hasSuffix("\n") && process.isRunning {
        usleep(100_000)
        output = try folder.text("stdout.txt")
      }
      kill(process.processIdentifier, signal)
      let watchdog = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
      DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
      process.waitUntilExit()
      watchdog.cancel()
      let errors = try folder.text("stderr.txt")
      #expect(output.hasPrefix("Serving flatten at http://127.0.0.1:"), "\(errors)")
      #expect(process.terminationReason == .exit && process.terminationStatus == 0)
      #expect(errors.isEmpty)
    }
  }

  @Test(arguments: [
    (["nothing"], "there is no block \"nothing\""),
    (["raw", "--port", "70000"], "--port 70000: must be from 0 to 65535"),
    ([], "Missing expected argument '<name>'"), (["raw", "--threads", "0"], "--threads"),
  ])
  func wrongArgumentsAreUsage(_ arguments: [String], _ message: String) throws {
    try withTemporaryFolder { folder in
      let outcome = try Tool.run(["serve-block"] + arguments, in: folder)
      #expect(outcome.code == 64)
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
  }
}
