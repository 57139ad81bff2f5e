// Strategy: the key is searched for in everything that could show it: descriptions, mirrors, dumps, errors that
// Studio's answers are made to repeat it in. Sources of settings are combined in every order that matters; files are
// made with every mode that must be refused.

import Foundation
import HTTPTestServer
import Testing

@testable import StudioAPI

private let key = "ei_0123456789abcdef"

@Test func theKeyShowsNowhere() async throws {
  let configuration = StudioConfiguration(credential: .apiKey(Secret(key)))
  let settings = StudioConfiguration.Settings(apiKey: Secret(key), jwt: Secret(key))
  var texts = ["\(configuration)", String(reflecting: configuration), "\(settings)", String(reflecting: settings)]
  var dumped = ""
  dump(configuration, to: &dumped)
  dump(settings, to: &dumped)
  texts.append(dumped)
  let keys = try StudioJSON.decode(Studio.DevelopmentKeys.self, from: Data(#"{"apiKey":"\#(key)"}"#.utf8))
  texts += ["\(keys)", String(reflecting: keys)]
  #expect(texts.filter { $0.contains(key) } == [])
  #expect(texts[0].contains(Secret.mask))

  let script = Script(
    .refusal("The key \(key) is bad"), Reply(401, type: "text/plain", text: "key \(key)"),
    Reply(302, type: nil, headers: ["Location: http://\(key).example/"], text: ""))
  try await withStudio(credential: .apiKey(Secret(key)), script.next) { server, client in
    for words in ["The key <redacted> is bad", "the API key is not accepted", "<redacted>.example"] {
      let error = await failure { _ = try await client.projects() }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      #expect(error.map { String(reflecting: $0).contains(key) } == false)
    }
    #expect(server.requests.allSatisfy { $0.headers["x-api-key"] == key && !$0.path.contains(key) })
    let artifact = await failure {
      try await client.downloadArtifact(project: 7, block: 3, key: key, to: "/nowhere/at/all")
    }
    #expect(artifact?.path == "/api/7/dsp-data/3/artifact/<redacted>")
  }
}

@Test func settingsComeFromTheFirstSourceThatHasThem() throws {
  let flags = StudioConfiguration.Settings(apiEndpoint: "http://127.0.0.1:4800/v1/")
  let environment = StudioConfiguration.Settings(environment: [
    "EI_API_KEY": "ei_env", "EI_API_ENDPOINT": "http://other/v1", "EI_INGESTION_ENDPOINT": "",
  ])
  let file = StudioConfiguration.Settings(
    apiKey: Secret("ei_file"), apiEndpoint: "http://third", ingestionEndpoint: "https://in.example/path")
  let all = try StudioConfiguration([flags, environment, file])
  #expect(all.credential == .apiKey(Secret("ei_env")))
  #expect(all.endpoint == "http://127.0.0.1:4800/v1/" && all.ingestionEndpoint == "https://in.example/path")
  let defaults = try StudioConfiguration([StudioConfiguration.Settings(jwt: Secret("token"))])
  #expect(defaults.credential == .token(Secret("token")))
  #expect(defaults.endpoint == "https://studio.edgeimpulse.com/v1")
  #expect(defaults.ingestionEndpoint == "https://ingestion.edgeimpulse.com")
  do throws(StudioError) {
    _ = try StudioConfiguration([flags, StudioConfiguration.Settings(environment: ["EI_API_KEY": ""])])
    Issue.record("expected an error")
  } catch { #expect(error.kind == .configuration && error.message.contains("EI_API_KEY")) }
}

@Test(arguments: [
  "studio.example", "ftp://a.b", "http://", "http://a.b/v1?x=1", "http://a.b/#x", "http://user:pass@a.b/v1", "",
])
func endpointsThatCannotWork(text: String) {
  let error = #expect(throws: StudioError.self) {
    try StudioClient(StudioConfiguration(credential: .apiKey(Secret(key)), endpoint: text))
  }
  #expect(error?.kind == .configuration && error?.message.contains("pass@") == false)
}

@Test(arguments: ["", "a b", "a\r\nx-evil: 1", "é"])
func keysThatCannotBe(text: String) {
  let error = #expect(throws: StudioError.self) {
    try StudioClient(StudioConfiguration(credential: .apiKey(Secret(text))))
  }
  #expect(error?.kind == .configuration)
}

@Test func configurationFiles() async throws {
  try await withFolder { folder in
    let path = "\(folder)/studio.json"
    func write(_ text: String, mode: mode_t) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      chmod(path, mode)
    }
    try write(#"{"apiKey":"\#(key)","apiEndpoint":"http://127.0.0.1:1"}"#, mode: 0o600)
    let settings = try StudioConfiguration.Settings(file: path)
    #expect(settings.apiKey == Secret(key) && settings.apiEndpoint == "http://127.0.0.1:1" && settings.jwt == nil)
    for mode: mode_t in [0o644, 0o640, 0o604, 0o700, 0o666] {
      chmod(path, mode)
      let error = await failure { _ = try StudioConfiguration.Settings(file: path) }
      #expect(error?.kind == .configuration && error?.message.contains("chmod 600") == true)
    }
    for text in [#"{"apiKey":"\#(key)""#, #"["\#(key)"]"#, #"{"apiKey":{"\#(key)":1}}"#] {
      try write(text, mode: 0o600)
      let error = await failure { _ = try StudioConfiguration.Settings(file: path) }
      #expect(error?.kind == .configuration && error?.message.contains(key) == false)
    }
    let none = await failure { _ = try StudioConfiguration.Settings(file: folder) }
    #expect(none?.kind == .configuration)
  }
}
