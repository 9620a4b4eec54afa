import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// Files of what the screen shows.
@Suite struct ExportTests {
  private static func enter(_ line: String, _ state: inout WorkbenchState) -> [Effect] {
    state.press(.character(":"))
    state.type(line)
    return state.press(.enter)
  }

  /// What a line asks to be written.
  private static func export(_ line: String, _ state: WorkbenchState) throws -> Export {
    var state = state
    let effects = enter(line, &state)
    guard case .export(let export)? = effects.first, effects.count == 1 else {
      Issue.record("\(line): \(state.notice?.text ?? "nothing")")
      throw LineError(message: line)
    }
    return export
  }

  private static func bytes(_ export: Export) throws -> [UInt8] {
    guard case .bytes(let bytes) = export.content else { throw LineError(message: "no bytes") }
    return bytes
  }

  private static func text(_ export: Export) throws -> String {
    String(decoding: try bytes(export), as: UTF8.self)
  }

  @Test("A pane is written as it is on screen, the screen without what lies over it")
  func pictures() throws {
    let state = try Fixture.state(columns: 160, rows: 48)
    let screen = state.screen
    let area = try #require(Layout(state: state).panes.first { $0.index == 1 }?.area)
    for name in ["loss.svg", "loss.png"] {
      let export = try Self.export("export loss \(name)", state)
      #expect(export.path == name && !export.replaces)
      let canvas: Canvas
      switch export.content {
      case .svg(let found, let theme), .png(let found, let theme):
        (canvas, _) = (found, #expect(theme == state.theme))
      case .gif, .bytes: throw LineError(message: "no picture")
      }
      for y in 0..<area.height {
        for x in 0..<area.width { #expect(canvas[x, y] == screen[area.x + x, area.y + y]) }
      }
    }
    let text = try Self.text(try Self.export("export screen all.txt", state))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count == 48 && lines.allSatisfy { $0.last != " " })
    #expect(zip(lines, screen.lines).allSatisfy { $1.hasPrefix($0) })
  }

  @Test("Without a name the focused pane is meant, also one that is not on screen")
  func focused() throws {
    var state = try Fixture.state(columns: 60, rows: 15)
    state.focus = 2
    #expect(try Self.text(try Self.export("export e.txt", state)).contains("Error"))
    #expect(try Self.text(try Self.export("export a/samples.2.txt", state)).contains("Samples"))
    let hidden = try Self.export("export! loss l.txt", state)
    #expect(hidden.replaces && hidden.summary == "loss, 60x15 cells")
    #expect(try Self.text(hidden).contains("smoothed"))
  }

  @Test("CSV and npy have the numbers of the plots as they are drawn")
  func data() throws {
    let state = try Fixture.state(columns: 160, rows: 48)
    let lines = try Self.text(try Self.export("export loss l.csv", state)).split(separator: "\n")
    #expect(lines[0] == "plot,series,x,y,y_to")
    let heldOut = lines.filter { $0.hasPrefix("1,held-out,") }
    // The floor 0.75 and the excess 0.5 / 1.
    #expect(heldOut.count == 10 && heldOut[0] == "1,held-out,400,1.25,")
    let npy = try Self.bytes(try Self.export("export loss l.npy", state))
    let size = 10 + Int(npy[8]) + Int(npy[9]) << 8
    let header = String(decoding: npy[10..<size], as: UTF8.self)
    #expect(header.contains("'<f8'") && header.contains("(\(lines.count - 1), 7)"))
    #expect(npy.count == size + 8 * 7 * (lines.count - 1))
    let setup = try Self.text(try Self.export("export setup s.csv", state))
    #expect(setup.contains("distribution.kind,two_moons"))
  }

  @Test("Trajectories are the samples at every time in the units of the data")
  func trajectories() throws {
    var state = try Fixture.state()
    var snapshot = try #require(state.run.snapshot)
    snapshot.data.coordinates = CoordinateFrame(
      names: ["a", "b"], offset: [5, -1], scale: [2, 4])
    state.receive(snapshot)
    let way = try #require(snapshot.samples?.trajectories)
    let npy = try Self.bytes(try Self.export("export trajectories t.npy", state))
    let size = 10 + Int(npy[8]) + Int(npy[9]) << 8
    let header = String(decoding: npy[10..<size], as: UTF8.self)
    #expect(header.contains("'<f4'") && header.contains("(9, 200, 2)"))
    for (frame, point) in [(0, 0), (4, 17), (8, 199)] {
      for axis in 0..<2 {
        let place = size + 4 * ((frame * 200 + point) * 2 + axis)
        let bits = npy[place..<place + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let model = Double(way.frames[frame][point * 2 + axis])
        #expect(Float(bitPattern: bits) == Float([5, -1][axis] + [2, 4][axis] * model))
      }
    }
    let npz = try Self.bytes(try Self.export("export t.npz", state))
    #expect(npz.starts(with: [0x50, 0x4B]))
  }

  @Test("An animation goes from noise to data, a frame a time, and the screen stays where it was")
  func animation() throws {
    let state = try Fixture.state(columns: 160, rows: 48)
    let export = try Self.export("export walk.gif", state)
    guard case .gif(let frames, _, _) = export.content else { throw LineError(message: "no gif") }
    #expect(frames.count == Fixture.times.count && Set(frames.map(\.size)).count == 1)
    #expect(frames[0].lines[0].contains("t 5,") && frames[8].lines[0].contains("t 0.001,"))
    #expect(zip(frames, frames.dropFirst()).allSatisfy { $0 != $1 })
    #expect(state.live.frame == nil)
  }

  @Test(
    "What cannot be written says why",
    arguments: [
      ("export", "export takes a file's name, before it one of setup, loss"),
      ("export loss", "export takes a file's name"), ("export a.bmp", "a.bmp ends in none of .svg"),
      ("export loss a.gif", "loss can be svg, png, txt, csv, npy, not gif"),
      ("export screen a.csv", "screen can be svg, png, txt, not csv"),
      ("export setup a.npy", "setup can be svg, png, txt, csv, not npy"),
      ("record", "record takes a file's name"),
    ])
  func refused(line: String, reason: String) throws {
    var state = try Fixture.state()
    #expect(Self.enter(line, &state).isEmpty)
    let notice = try #require(state.notice)
    #expect(notice.role == .error && notice.text.contains(reason), "\(notice.text)")
  }

  @Test("Nothing is written of samples that are not there yet")
  func nothingYet() throws {
    for line in ["export a.gif", "export trajectories a.npy"] {
      var state = try Fixture.state(dimension: nil)
      #expect(Self.enter(line, &state).isEmpty && state.notice?.text == "there are no samples yet")
    }
  }

  @Test("Tab goes through every pane and format, and the palette opens the line")
  func completion() throws {
    var state = try Fixture.state()
    state.focus = 3
    let found = state.completions(of: "export ").map(\.text)
    #expect(found[0] == "export samples.svg")
    #expect(found.contains("export trajectories.npy"))
    for text in found {
      #expect(try state.export(String(text.dropFirst(7)), replacing: false).path != "")
    }
    state.press(.control("p"))
    state.type("export")
    #expect(state.press(.enter).isEmpty)
    guard case .prompt(let prompt)? = state.overlay else { throw LineError(message: "no line") }
    #expect(prompt.line.text == "export ")
  }

  @Test("Every pane of every page can be written as text, whatever it shows")
  func everyPane() throws {
    for page in PageCatalog.all {
      var state = try Fixture.state()
      if let opener = page.opener { _ = state.perform(opener) }
      state.overlay = nil
      for (index, pane) in page.panes.enumerated() {
        let name = state.name(of: .pane(index))
        let text = try Self.text(try Self.export("export \(name) a.txt", state))
        #expect(text.contains(pane.title))
      }
    }
  }
}
