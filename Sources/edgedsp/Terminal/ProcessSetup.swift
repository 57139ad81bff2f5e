import CSystemCalls
import Glibc

/// What the process needs from the system before anything else.
enum ProcessSetup {
  /// Fills closed standard descriptors, and turns two signals into errors that name a file.
  ///
  /// A file that is created while descriptor 2 is closed would become standard error, and progress would be written
  /// into it. A reader that goes away and a limit on file sizes would end the process without a word.
  static func run() {
    for descriptor: CInt in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
      // Read-only for standard output, so that writing to it fails as it should.
      _ = open("/dev/null", descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR)
    }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Takes as many descriptors as the system gives: each connection of a server is one.
  static func raiseFileLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 65_536)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// Lets blocks of 8 KiB and more be mappings of their own, for a process that runs for long.
  ///
  /// Buffers that come and go with a request would otherwise leave holes on the heap, which the little that is kept of
  /// each request makes too small for the next one: the heap grows by some 25 kB with each new recording that is looked
  /// at.
  static func keepBuffersOffTheHeap() { system_map_blocks_from(8192) }
}
