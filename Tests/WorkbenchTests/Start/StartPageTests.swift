import Lessons
import RunDatabase
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// The start page: what it lists, and what Enter does with it.
@Suite struct StartPageTests {
  private func text(_ state: WorkbenchState) -> String {
    state.screen.lines.joined(separator: "\n")
  }

  @Test("Q opens it over the run, which goes on, and Q or Esc goes back")
  func opens() throws {
    for back in [Key.character("Q"), .escape] {
      var state = try Fixture.state()
      #expect(state.press(.character("Q")) == [] && state.page == .start)
      #expect(state.screen.lines[0].contains("start") && state.screen.lines[0].contains("training"))
      #expect(state.press(back) == [] && state.page == .live)
    }
  }

  @Test("Every part and every preset of the program can be reached with the arrow")
  func presets() throws {
    var state = try StartFixture.state(columns: 120, rows: 40)
    var part: String?
    for preset in PresetLibrary.builtIn.presets {
      #expect(state.selectedPreset?.name == preset.name)
      let seen = text(state)
      #expect(preset.part == part || seen.contains(preset.part), "\(preset.part)")
      #expect(seen.contains("scorefield --preset \(preset.name)"), "\(preset.name)")
      part = preset.part
      state.press(.down)
    }
    #expect(state.notice?.text == "this is the last row")
    state.press(.home)
    #expect(state.selectedPreset?.number == 1)
  }

  @Test("Enter begins the preset as a run of its own and shows what it is about")
  func begins() throws {
    var state = try StartFixture.state()
    let preset = try #require(state.presetShelf.library.preset(named: "spiral"))
    state.select(preset.number - 1, of: .presets)
    let effects = state.press(.enter)
    #expect(
      effects == [
        .send(.configure(preset.configuration)), .send(.pauseAt(step: nil)), .send(.resume),
      ])
    #expect(state.page == .live && state.run.configuration == preset.configuration)
    #expect(state.live.sampleView == .score && state.live.focus == 3)
    #expect(state.notice?.text.contains(preset.summary) == true)
    // The same once more is a new run of the same settings.
    state.press(.character("Q"))
    #expect(
      state.press(.enter) == [
        .send(.restart(seed: 7)), .send(.pauseAt(step: nil)), .send(.resume),
      ])
  }

  @Test(":preset begins one by its name, and refuses another with those there are")
  func line() throws {
    var state = try Fixture.state()
    state.press(.character(":"))
    state.type("preset ring")
    #expect(!state.press(.enter).isEmpty)
    #expect(state.run.configuration.distribution.kind == "ring_of_gaussians")
    #expect(state.live.showsMetrics == true)
    state.press(.character(":"))
    state.type("preset rign")
    #expect(state.press(.enter) == [])
    #expect(state.notice?.role == .error && state.notice?.text.contains("two-moons") == true)
  }

  @Test(
    "The runs are the newest ones whatever the page of the runs is sorted by; Enter resumes one")
  func runs() throws {
    var state = try StartFixture.state(columns: 160, rows: 48)
    state.receive(try RunsFixture.message(count: 40, order: .name))
    // The fixture's run n was trained n days before a moment.
    #expect(state.recentRuns.map(\.id) == (1...12).map(RunsFixture.id))
    state.focus = 2
    state.press(.down)
    #expect(text(state).contains("2 of 12"))
    #expect(state.press(.enter) == [.send(.open(RunsFixture.id(2)))])
    #expect(state.page == .live)
    var empty = try Fixture.state()
    empty.press(.character("Q"))
    empty.focus = 2
    #expect(empty.press(.enter) == [] && empty.notice?.text == "there is nothing in the list")
  }

  @Test("The selected run stays so while another one is trained and comes before it")
  func selectedRun() throws {
    var state = try StartFixture.state()
    state.focus = 2
    state.press(.down)
    var message = try RunsFixture.message()
    var newest = RunsFixture.summary(20)
    newest.updated = 1_796_000_000
    message.index = RunIndex([newest] + (1...9).map(RunsFixture.summary), order: .updated)
    state.receive(message)
    #expect(state.recentRuns.map(\.id).prefix(3) == [20, 1, 2].map(RunsFixture.id)[...])
    #expect(state.press(.enter) == [.send(.open(RunsFixture.id(2)))])
  }

  @Test("The library is asked for runs while the page is on screen, and no longer behind it")
  func asked() throws {
    var state = try Fixture.state()
    #expect(state.libraryRequest == nil)
    state.press(.character("Q"))
    #expect(state.libraryRequest?.pictures == [])
    state.press(.escape)
    #expect(state.libraryRequest == nil)
  }

  @Test("Lessons stand with how far they are read, and Enter opens one")
  func lessons() throws {
    var state = try StartFixture.state(columns: 160, rows: 48)
    #expect(text(state).contains("2 min"))
    state.focus = 3
    _ = state.press(.enter)
    #expect(state.page == .lessons && state.lessons.reading?.lesson.name == "fixture")
  }

  @Test("A click selects a row, and a click on the selected one opens it")
  func mouse() throws {
    var state = try StartFixture.state(columns: 120, rows: 40)
    let row = try #require(state.screen.lines.firstIndex { $0.contains("Two moons") })
    func click() -> [Effect] {
      state.send(.mouse(MouseEvent(.press, x: 6, y: row)))
    }
    #expect(click() == [] && state.selectedPreset?.name == "two-moons")
    #expect(!click().isEmpty && state.page == .live)
  }

  @Test(
    "Every part of the page has room from 60 x 15 to 160 x 48, in braille and ASCII",
    arguments: [(60, 15), (80, 24), (120, 30), (160, 48)], [Marks.ascii, .braille])
  func sizes(size: (Int, Int), marks: Marks) throws {
    var state = try StartFixture.state(columns: size.0, rows: size.1, marks: marks)
    for (focus, words) in [
      (0, "One bump"), (1, "straight line"), (2, "two_moons-1"), (3, "A lesson"),
    ] {
      state.focus = focus
      #expect(text(state).contains(words), "\(words)")
      let isASCII = text(state).allSatisfy { $0.isASCII }
      #expect(isASCII == (marks == .ascii))
    }
  }

  @Test(
    "A picture of the plane keeps circles round, and of the line is as high as it is often there")
  func pictures() throws {
    func cells(_ kind: String, columns: Int, rows: Int) throws -> [(x: Int, y: Int)] {
      let configuration = try RunConfiguration().setting(["distribution=\(kind)"]).distribution
      var canvas = Canvas(size: Size(columns: columns, rows: rows))
      DistributionPicture(of: configuration).draw(
        marks: .braille, into: &canvas, in: canvas.bounds)
      return (0..<rows).flatMap { y in
        (0..<columns).filter { canvas[$0, y].glyph.value > 0x2800 }.map { ($0, y) }
      }
    }
    // A circle of data fills the height; a cell is half as wide as it is high.
    let ring = try cells("{kind: circle, concentration: 0}", columns: 60, rows: 12)
    let across = try #require(ring.map(\.x).max()) - #require(ring.map(\.x).min()) + 1
    #expect(ring.map(\.y).min() == 0 && ring.map(\.y).max() == 11)
    #expect((22...26).contains(across))
    #expect(!ring.contains { (28...31).contains($0.x) && (5...6).contains($0.y) })
    // Two atoms: full columns at both ends and nothing between them.
    let atoms = try cells("{kind: two_point}", columns: 40, rows: 5)
    #expect(Set(atoms.map(\.x)) == [0, 39])
    #expect(atoms.count == 10)
    let file = try RunConfiguration().setting(["distribution={kind: points, file: no.csv}"])
    let none = DistributionPicture(of: file.distribution)
    var canvas = Canvas(size: Size(columns: 40, rows: 3))
    none.draw(marks: .ascii, into: &canvas, in: canvas.bounds)
    #expect(canvas.lines[0].hasPrefix("its data stand in a file"))
  }
}
