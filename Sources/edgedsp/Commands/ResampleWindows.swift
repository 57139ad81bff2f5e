import ArgumentParser

/// The flag that `generate` and `features` share.
enum ResampleWindows {
  static let help: ArgumentHelp = """
    Cut recordings of another rate than the impulse's at their own rate, then resample each window. Default: resample \
    the whole recording, then cut. The filter sees zeros beyond the ends of what it is given, so with this flag \
    values near both edges of every window differ. Studio does not say which it does.
    """
}
