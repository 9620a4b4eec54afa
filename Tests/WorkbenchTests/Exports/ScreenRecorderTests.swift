import Foundation
import ScoreLab
import TermPlot
import TestSupport
import Testing

@testable import Workbench

@Suite struct ScreenRecorderTests {
  private static func screen(_ words: String) -> Canvas {
    var canvas = Canvas(size: Size(columns: 20, rows: 2))
    canvas.write(words, x: 0, y: 0)
    return canvas
  }

  /// The lines of a recording behind the first: when, and what was written.
  private static func events(_ bytes: [UInt8]) throws -> [(seconds: Double, text: String)] {
    try String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst().map { line in
      let event = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [Any])
      return (try #require(event[0] as? Double), try #require(event[2] as? String))
    }
  }

  @Test("A recording has its name once it is ended, with every screen that stayed")
  func records() throws {
    let folder = try TemporaryFolder()
    let recorder = try ScreenRecorder("\(folder.path)/a.cast", replacing: false)
    for (words, seconds) in [("first", 0.0), ("gone", 0.01), ("second", 0.02), ("last", 1.0)] {
      #expect(try recorder.add(Self.screen(words), theme: .builtIn, at: seconds))
    }
    #expect(folder.contents.filter { $0 == "a.cast" }.isEmpty)
    #expect(try recorder.finish().hasPrefix("recorded \(folder.path)/a.cast, 1 s"))
    #expect(folder.contents == ["a.cast"])
    let events = try Self.events(try folder.read("a.cast"))
    #expect(events.map(\.seconds) == [0, 0.02, 1])
    for (event, word) in zip(events, ["first", "second", "last"]) {
      // Letters that two screens share are not written twice.
      #expect(event.text.contains(word.prefix(1)) && !event.text.contains("gone"))
    }
  }

  @Test("What was waiting when a recording ends is its last screen")
  func ends() throws {
    let folder = try TemporaryFolder()
    let recorder = try ScreenRecorder("\(folder.path)/a.cast", replacing: false)
    _ = try recorder.add(Self.screen("one"), theme: .builtIn, at: 0)
    _ = try recorder.add(Self.screen("two"), theme: .builtIn, at: 0.03)
    _ = try recorder.finish()
    #expect(try Self.events(try folder.read("a.cast")).map(\.seconds) == [0, 0.03])
  }

  @Test(
    "A file that is there stays unless it is to be replaced; a dropped recording leaves nothing")
  func refuses() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("old", to: "a.cast")
    #expect(throws: FileError(path: path, reason: "is there already; record! replaces it")) {
      _ = try ScreenRecorder(path, replacing: false)
    }
    do {
      let recorder = try ScreenRecorder(path, replacing: true)
      _ = try recorder.add(Self.screen("new"), theme: .builtIn, at: 0)
    }
    #expect(folder.contents == ["a.cast"])
    #expect(try folder.read("a.cast") == Array("old".utf8))
    #expect(throws: FileError.self) {
      _ = try ScreenRecorder("\(folder.path)/no/a.cast", replacing: false)
    }
  }

  @Test("A recording is ended by the line that began it, and says while it goes on that it does")
  func lines() throws {
    var state = try Fixture.state()
    func enter(_ line: String) -> [Effect] {
      state.press(.character(":"))
      state.type(line)
      return state.press(.enter)
    }
    #expect(enter("record a.cast") == [.startRecording(path: "a.cast", replaces: false)])
    #expect(enter("record! a.cast") == [.startRecording(path: "a.cast", replaces: true)])
    #expect(!state.screen.lines[0].contains("REC"))
    state.recording = "a.cast"
    #expect(state.screen.lines[0].contains("REC"))
    #expect(enter("record b.cast").isEmpty && state.notice?.role == .error)
    #expect(enter("record") == [.stopRecording])
  }
}
