import ScoreCore
import TermPlot
import Testing

@testable import ScoreLab
@testable import Workbench

/// What the screen and its panes must survive: any size, any state, any text.
@Suite struct ScreenTests {
  static let marker = Cell("x", Style(.error))

  /// States of every kind: empty, of several dimensions, and in every mode.
  static func states(marks: Marks = .braille) throws -> [WorkbenchState] {
    var states: [WorkbenchState] = []
    for dimension in [nil, 1, 2, 5] {
      let plain = try Fixture.state(dimension: dimension, marks: marks)
      for view in SampleView.allCases {
        var state = plain
        state.live.sampleView = view
        states.append(state)
        state.live.showsExactScoreRun = true
        state.live.frame = 3
        state.live.isLossLogarithmic = true
        state.live.isStepLogarithmic = true
        state.live.levelIndex = 5
        states.append(state)
        state.live.errorView =
          switch view {
          case .scatter: .ownSamples
          case .trajectories: .parts
          case .score: .bound
          case .matrix, .density, .pictures, .nearest: .shells
          case .denoising: .pixels
          }
        state.live.showsWorst = view == .density
        state.live.colorsErrors = true
        states.append(state)
      }
      var zoomed = plain
      zoomed.isZoomed = true
      var edited = plain
      edited.press(.end, .enter, .end, .character("9"))
      var leaving = plain
      leaving.overlay = .leaving(.save)
      var warned = plain
      warned.overlay = .text(TextView(title: "Warnings", paragraphs: ["a", "b"], scroll: 9))
      var themed = plain
      themed.press(.function(2), .down)
      var listed = plain
      listed.overlay = .series(SeriesList(pane: 1, names: ["smoothed", "batches"]))
      var read = plain
      read.focus = 1
      read.press(.character("+"), .left)
      var presented = plain
      presented.setLayout(.present)
      var helped = plain
      helped.overlay = .help(HelpView(scroll: 1000))
      var searching = plain
      searching.press(.character("?"), .character("/"), .character("d"))
      var finding = plain
      finding.press(.control("p"), .character("s"), .down)
      var prompted = plain
      prompted.press(.character(":"), .character("s"), .tab, .tab)
      var choosing = plain
      choosing.press(.enter)
      var diverged = plain
      diverged.receive(
        try Fixture.snapshot(
          dimension: dimension ?? 2,
          status: .diverged(
            Fixture.divergence(step: 3))))
      if dimension == 2 {
        for index in 0..<4 {
          var page = try ExperimentFixture.state(marks: marks)
          page.focus = index
          page.experiment.exhibit = index
          states.append(page)
        }
        for type in PageCatalog.all.dropFirst() {
          for index in type.panes.indices {
            var page = plain
            page.open(type.id)
            page.focus = index
            states.append(page)
          }
        }
        for chosen in [0, 2, 6] {
          var page = try RunsFixture.state(marks: marks, chosen: chosen)
          page.focus = chosen / 3
          states.append(page)
        }
        var deleting = try RunsFixture.state(marks: marks)
        deleting.press(.character("D"), .down)
        var narrowed = try RunsFixture.state(marks: marks)
        narrowed.press(.character("/"), .character("c"))
        states += [deleting, narrowed]
        var choosing = plain
        choosing.press(.character("e"))
        states.append(choosing)
      }
      states += [
        leaving, warned, themed, listed, read, presented, zoomed, edited, helped, searching,
        finding, prompted, choosing,
        diverged,
      ]
    }
    return states
  }

  @Test("A pane draws inside its area at any size", arguments: Marks.allCases)
  func panesStayInside(marks: Marks) throws {
    let sizes = [(0, 0), (1, 1), (5, 2), (20, 5), (60, 15), (200, 60)]
    for state in try Self.states(marks: marks) {
      for pane in state.pageType.panes {
        for (width, height) in sizes {
          let area = Rect(x: 2, y: 1, width: width, height: height)
          var canvas = Canvas(size: Size(columns: width + 4, rows: height + 2))
          canvas.fill(canvas.bounds, with: Self.marker)
          pane.draw(state, into: &canvas, in: area)
          let isKept = (0..<canvas.size.rows).allSatisfy { y in
            (0..<canvas.size.columns).allSatisfy { x in
              area.contains(x: x, y: y) || canvas[x, y] == Self.marker
            }
          }
          #expect(isKept, "\(pane.title) at \(width)x\(height)")
          if let cursor = canvas.cursor { #expect(area.contains(x: cursor.x, y: cursor.y)) }
        }
      }
    }
  }

  @Test("The screen draws at every size, in full and with the cursor on it")
  func everySize() throws {
    let states = try Self.states()
    for columns in 1...80 {
      for rows in 1...30 {
        var state = states[(columns * 31 + rows) % states.count]
        state.send(.resized(Size(columns: columns, rows: rows)))
        var canvas = Canvas(size: state.size)
        canvas.fill(canvas.bounds, with: Self.marker)
        draw(state, into: &canvas)
        #expect(!canvas.cells.contains(Self.marker), "\(columns)x\(rows)")
        if let cursor = canvas.cursor {
          #expect(canvas.bounds.contains(x: cursor.x, y: cursor.y), "\(columns)x\(rows)")
        }
      }
    }
  }

  @Test("Drawing depends on the state alone, not on what was drawn before")
  func redraw() throws {
    for original in try Self.states() {
      var state = original
      // Until the first key the focus follows the size of the screen.
      state.isTouched = true
      let fresh = state.screen
      var canvas = Canvas(size: state.size)
      canvas.fill(canvas.bounds, with: Self.marker)
      canvas.cursor = (3, 3)
      for (columns, rows) in [(1, 1), (200, 60), (59, 14), (100, 25)] {
        state.send(.resized(Size(columns: columns, rows: rows)))
        _ = state.screen
        draw(state, into: &canvas)
      }
      state.send(.resized(original.size))
      draw(state, into: &canvas)
      #expect(canvas == fresh)
    }
  }

  @Test("With ASCII marks every cell is ASCII")
  func asciiIsASCII() throws {
    for var state in try Self.states(marks: .ascii) {
      for (columns, rows) in [(60, 15), (80, 24), (160, 48)] {
        state.size = Size(columns: columns, rows: rows)
        let glyphs = state.screen.cells.filter { !$0.glyph.isASCII }.map(\.glyph)
        #expect(glyphs.isEmpty, "\(glyphs.prefix(5))")
      }
    }
  }

  @Test("An estimate without any error draws too")
  func zeroErrors() throws {
    var state = try Fixture.state(columns: 160, rows: 48)
    let level = ScoreErrorDistribution(
      level: NoiseLevel(alpha: 0.5, sigma: 0.5), time: 0.1, unsorted: Array(repeating: 0, count: 9))
    state.run.snapshot?.measurements[ProbeMeasurement.self].value = ProbeResult(
      step: 0, levels: [level, level])
    for focus in LivePage.panes.indices {
      state.focus = focus
      #expect(state.screen.lines.joined().contains("Error"))
    }
  }

  @Test("Text from outside never reaches a cell as a control character")
  func hostileText() throws {
    let hostile = "\u{1B}[2J\u{9B}5n\u{7}\u{202E}\r\n\t\u{200B}"
    for dimension in [1, 2] {
      for view in SampleView.allCases {
        var state = try Fixture.state(dimension: dimension, columns: 160, rows: 48)
        state.receive(
          try Fixture.snapshot(dimension: dimension, names: [hostile + "a", hostile + "b"]))
        state.run.snapshot?.data.distributionNote = hostile
        state.run.snapshot?.warnings = [hostile]
        state.run.snapshot?.curve.edits = [EditMark(step: 10, label: hostile + " 1 -> 2")]
        state.run.snapshot?.configuration.distribution.kind = hostile
        state.run.configuration.distribution = DistributionConfiguration(
          kind: "points", parameters: ["file": .text("a" + hostile + ".csv")])
        state.notice = nil
        state.live.sampleView = view
        #expect(controlCharacters(state).isEmpty)
        state.receive(nil, problem: hostile, done: 1)
        #expect(state.notice?.text == hostile)
        #expect(controlCharacters(state).isEmpty)
        state.press(.end, .enter)
        state.type(hostile)
        #expect(controlCharacters(state).isEmpty)
      }
    }
  }

  private func controlCharacters(_ state: WorkbenchState) -> [Cell] {
    state.screen.cells.filter { cell in
      switch cell.glyph.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }
}
