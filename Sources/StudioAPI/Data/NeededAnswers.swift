// Answers of which only some fields are needed. Servers differ in the rest: older ones lack fields, newer ones send null
// for some. None of that may stop a download, so these models name what the work needs and nothing else.

/// The projects that a key opens.
struct ProjectIDs: StudioAnswer {
  struct Project: StudioModel { var id: Int }
  var success: Bool
  var error: String?
  var projects: [Project]
}

/// A page of a list of recordings.
struct SampleNamesPage: StudioAnswer {
  struct Sample: StudioModel {
    var id: Int
    var filename: String
    var category: Studio.RawDataCategory
    var label: String?
  }
  var success: Bool
  var error: String?
  var samples: [Sample]
}

/// A recording with its values.
struct SampleContent: StudioAnswer {
  struct Sample: StudioModel {
    var id: Int
    var filename: String
    var category: Studio.RawDataCategory
    var label: String?
    /// Where it is stored; its end tells the name of the file that was uploaded.
    var coldstorageFilename: String?
    var intervalMs: Double
    /// Nil or 0 for what is no time series.
    var originalIntervalMs: Double?
  }
  struct Sensor: StudioModel {
    var name: String
    var units: String?
  }
  struct Payload: StudioModel {
    var deviceType: String?
    var deviceName: String?
    var sensors: [Sensor]
    var values: [[Double]]

    enum CodingKeys: String, CodingKey {
      case deviceType = "device_type"
      case deviceName = "device_name"
      case sensors, values
    }
  }
  var success: Bool
  var error: String?
  var sample: Sample
  var payload: Payload
}
