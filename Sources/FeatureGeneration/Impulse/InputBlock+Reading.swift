import Datasets
import ProcessingBlocks

extension InputBlock {
  init(_ input: ImpulseDocument.Input, place: String, file: String) throws(ImpulseError) {
    let labeling = try WindowLabeling(input.labelingMethodMultiLabel, place: place, file: file)
    switch input.type {
    case "time-series":
      try self.init(timeSeries: input, labeling, place: place, file: file)
    case "image":
      let resizing = try ImageResizing(input, place: place, file: file)
      self.init(
        id: input.id, frequency: 0, window: SlidingWindow(wholeRecordingOf: resizing.width * resizing.height),
        labeling: labeling, kind: .image(resizing))
    case "features":
      self.init(
        id: input.id, frequency: 0, window: SlidingWindow(wholeRecordingOf: 1), labeling: labeling, kind: .features)
    default:
      throw .problem(file, place, "type", input.type, "must be time-series, image or features")
    }
  }

  private init(
    timeSeries input: ImpulseDocument.Input, _ labeling: WindowLabeling, place: String, file: String
  ) throws(ImpulseError) {
    func required(_ key: String, _ value: Double?) throws(ImpulseError) -> Double {
      guard let value else { throw .problem(file, place, key, "missing", "is required for a time series") }
      guard value.isFinite, value > 0 else {
        throw .problem(file, place, key, "\(value)", "must be finite and above 0")
      }
      return value
    }
    let frequency = try required("frequencyHz", input.frequencyHz)
    let size = try required("windowSizeMs", input.windowSizeMs)
    let increase = try required("windowIncreaseMs", input.windowIncreaseMs)
    for (key, value) in [("windowSizeMs", size), ("windowIncreaseMs", increase)]
    where Int32(exactly: value) == nil {
      throw .problem(file, place, key, "\(value)", "must be a whole number of milliseconds below 2^31")
    }
    let window = SlidingWindow(
      sizeMs: Int(size), increaseMs: Int(increase), frequency: frequency, padsZeros: input.padZeros ?? false)
    let fix = Int32(exactly: (1000 / frequency).rounded(.up)).map { "use at least \($0) ms" }
    if window.rows < 1 {
      throw .problem(file, place, "windowSizeMs", "\(Int(size))", "holds no row at \(frequency) Hz", fix: fix)
    }
    // Windows would lie a row apart, and the times in y less.
    if SlidingWindow(sizeMs: Int(increase), increaseMs: 1, frequency: frequency, padsZeros: false).rows < 1 {
      throw .problem(
        file, place, "windowIncreaseMs", "\(Int(increase))", "is less than a row at \(frequency) Hz", fix: fix)
    }
    self.init(id: input.id, frequency: frequency, window: window, labeling: labeling)
  }
}

extension InputBlock {
  /// All that Studio's input blocks have.
  private static let knownKeys = [
    "id", "type", "name", "title", "axes", "windowSizeMs", "windowIncreaseMs", "frequencyHz",
    "classificationWindowIncreaseMs", "padZeros", "labelingMethodMultiLabel", "imageWidth", "imageHeight",
    "resizeMode", "resizeMethod", "cropAnchor", "datasetSubset", "createdBy", "createdAt",
  ]

  /// Keys that are almost a known one. Other unknown keys are let pass: Studio may add some.
  static func misspelledKeys(_ keys: [String], place: String, file: String) -> [ImpulseError.Problem] {
    keys.filter { !knownKeys.contains($0) }.flatMap { key -> [ImpulseError.Problem] in
      let distances = knownKeys.map { (key: $0, edits: editDistance(key.lowercased(), $0.lowercased())) }
      // Short words are near to many others.
      guard let nearest = distances.min(by: { $0.edits < $1.edits }),
        nearest.edits <= min(2, nearest.key.utf8.count / 3)
      else { return [] }
      return ImpulseError.problem(
        file, place, key, "unknown", "is no setting of an input block", fix: "did you mean \(nearest.key)?"
      ).problems
    }
  }
}

extension ImageResizing {
  /// Size, mode, method and anchor of an image input block; all that is wrong is told at once.
  fileprivate init(_ input: ImpulseDocument.Input, place: String, file: String) throws(ImpulseError) {
    var problems: [ImpulseError.Problem] = []
    func add(_ key: String, _ value: String, _ rule: String) {
      problems += ImpulseError.problem(file, place, key, value, rule).problems
    }
    func side(_ key: String, _ value: Double?) -> Int {
      guard let value else {
        add(key, "missing", "is required for pictures")
        return 1
      }
      guard let side = Int(exactly: value), 1...Self.longestSide ~= side else {
        add(key, "\(value)", "must be a whole number of pixels from 1 to \(Self.longestSide)")
        return 1
      }
      return side
    }
    func choice<Choice: RawRepresentable & CaseIterable>(
      _ key: String, _ text: String?, default standard: Choice
    ) -> Choice where Choice.RawValue == String {
      guard let text else { return standard }
      guard let choice = Choice(rawValue: text) else {
        add(key, text, "must be one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
        return standard
      }
      return choice
    }
    let width = side("imageWidth", input.imageWidth)
    let height = side("imageHeight", input.imageHeight)
    let mode = choice("resizeMode", input.resizeMode, default: Mode.squash)
    let method = choice("resizeMethod", input.resizeMethod, default: Method.lanczos3)
    let anchor = choice("cropAnchor", input.cropAnchor, default: Anchor.middleCenter)
    if width * height > SignalShape.longestWindow {
      add("imageWidth", "\(width)", "times imageHeight must be at most \(SignalShape.longestWindow) pixels")
    }
    if !problems.isEmpty { throw ImpulseError(file: file, problems: problems) }
    self.init(width: width, height: height, mode: mode, method: method, anchor: anchor)
  }
}

extension WindowLabeling {
  fileprivate init(
    _ method: ImpulseDocument.Labeling?, place: String, file: String
  ) throws(ImpulseError) {
    switch method?.type {
    case nil, "end-of-window": self = .endOfWindow
    case "anywhere-in-window":
      guard let labels = method?.labels, !labels.isEmpty else {
        throw .problem(
          file, place, "labelingMethodMultiLabel.labels", "missing", "anywhere-in-window needs labels to look for")
      }
      self = .anywhereInWindow(labels)
    case .some(let other):
      throw .problem(
        file, place, "labelingMethodMultiLabel.type", other, "must be end-of-window or anywhere-in-window")
    }
  }
}
