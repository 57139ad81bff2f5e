/// What a comparison of two feature sets has found.
public struct ComparisonReport: Sendable, Encodable {
  /// The answer.
  public enum Verdict: String, Sendable, Encodable {
    /// Every value, label and window is the same. (Rows may come in another order: y says which is which.)
    case equal
    /// All values are within the tolerance, all else is the same.
    case withinTolerance = "within-tolerance"
    /// Something is not.
    case different
  }

  /// One of the two sets.
  public struct Side: Sendable, Encodable {
    /// The file of features.
    public var x: String
    /// The file of labels and windows, if there is one.
    public var y: String?
    /// Windows.
    public var rows: Int
    /// Features of a window.
    public var features: Int
    /// NumPy's name of the type of a feature.
    public var elementType: String
  }

  /// Windows by whether both sets have them.
  public struct Windows: Sendable, Encodable {
    /// In both sets.
    public var compared = 0
    /// In Studio's set only.
    public var missing = 0
    /// In the local set only.
    public var extra = 0
    /// The first few that are missing.
    public var missingExamples: [Window] = []
    /// The first few that are extra.
    public var extraExamples: [Window] = []
    /// Whether windows come in the same order in both.
    public var sameOrder = true
  }

  /// A window by its recording and time.
  public struct Window: Sendable, Encodable {
    /// As y has it.
    public var sampleId: Int
    /// Of the window, in milliseconds.
    public var startMs: Int
    /// Nil where no file says.
    public var recording: String?
  }

  /// Values of the windows that both sets have.
  public struct Values: Sendable, Encodable {
    /// In both sets.
    public var compared = 0
    /// The same bits, both NaN, or +0 and -0.
    public var equal = 0
    /// Not equal, and within the tolerance.
    public var within = 0
    /// Outside the tolerance.
    public var outside = 0
    /// Of those outside: one is NaN and the other is not.
    public var nan = 0
  }

  /// Windows whose label number differs.
  public struct Labels: Sendable, Encodable {
    /// In both sets.
    public var compared = 0
    /// With two numbers.
    public var different = 0
    /// The first few.
    public var examples: [LabelDifference] = []
  }

  /// A window with two labels.
  public struct LabelDifference: Sendable, Encodable {
    /// Where it is.
    public var window: Window
    /// In the local set.
    public var local: Int
    /// In Studio's set.
    public var studio: Int
  }

  /// One feature over all windows.
  public struct Feature: Sendable, Encodable {
    /// Its column in the local set.
    public var index: Int
    /// As Studio shows it.
    public var name: String
    /// The same in both.
    public var equal: Int
    /// Not equal, and within the tolerance.
    public var within: Int
    /// Outside the tolerance.
    public var outside: Int
    /// NaN on one side.
    public var nan: Int
    /// Largest difference.
    public var maxAbsolute: Double
    /// Largest difference relative to Studio's value.
    public var maxRelative: Double
    /// Representable numbers between the two, at the most.
    public var maxULPs: Int
  }

  /// One value of one window.
  public struct Difference: Sendable, Encodable {
    /// Row of the local X.
    public var localRow: Int
    /// Row of Studio's X.
    public var studioRow: Int
    /// Nil without y.
    public var window: Window?
    /// The feature's name.
    public var feature: String
    /// In the local set.
    public var local: Float
    /// In Studio's set.
    public var studio: Float
  }

  /// One recording.
  public struct Recording: Sendable, Encodable {
    /// As y has it.
    public var sampleId: Int
    /// Its path; nil where no file says.
    public var recording: String?
    /// Windows with a value outside the tolerance.
    public var windowsOutside: Int
  }

  /// Why the sets probably differ.
  public struct Cause: Sendable, Encodable, Equatable {
    /// Stable, for programs.
    public var id: String
    /// A few words.
    public var title: String
    /// What was found, and what to do.
    public var explanation: String
    /// Share of the tested values that are within the tolerance once the cause is taken away, 0 to 1.
    public var explains: Double
    /// Whether features were computed again to find out; otherwise the values themselves say so.
    public var recomputed: Bool
  }

  /// The answer.
  public var verdict: Verdict
  /// `|local - studio| ≤ tolerance · (1 + |studio|)`.
  public var tolerance: Double
  /// In the local set.
  public var local: Side
  /// In Studio's set.
  public var studio: Side
  /// How rows were paired.
  public var rowsBy: String
  /// How columns were paired; nil where the sets have different numbers of them.
  public var columnsBy: String?
  /// Windows by whether both sets have them.
  public var windows = Windows()
  /// Values of common windows.
  public var values = Values()
  /// Label numbers of common windows.
  public var labels = Labels()
  /// All features, in the order of the local columns; empty where the sets have different numbers of them.
  public var features: [Feature] = []
  /// The worst windows, each with its worst feature.
  public var worst: [Difference] = []
  /// The first value outside the tolerance, in the order of the local rows.
  public var firstDivergence: Difference?
  /// Recordings with windows outside, the worst first; the first 100.
  public var recordings: [Recording] = []
  /// The most probable first; empty where the sets agree, and where nothing is known.
  public var causes: [Cause] = []
  /// What else a reader should know.
  public var notes: [String] = []
}
