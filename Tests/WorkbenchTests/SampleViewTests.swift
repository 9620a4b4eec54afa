import ScoreCore
import ScoreLab
import TermPlot
import Testing

@testable import Workbench

/// Sample metrics, small plots of several coordinates, and pictures.
@Suite struct SampleViewTests {
  private func pane(
    _ state: WorkbenchState, columns: Int = 76, rows: Int = 30
  ) -> Canvas {
    var canvas = Canvas(size: Size(columns: columns, rows: rows))
    SamplesPane().draw(state, into: &canvas, in: canvas.bounds)
    return canvas
  }

  @Test("Each metric has its value, a glyph and a word for its place in the null, and the band")
  func metrics() throws {
    var state = try Fixture.state()
    #expect(!pane(state).lines.contains { $0.contains("sliced W2") })
    state.press(.character("M"))
    let lines = pane(state).lines
    // 0.5 / 12 is above a null of 0.001 to 0.039; 0.5 / 13 lies in one twice as wide.
    let above = try #require(lines.first { $0.hasPrefix("sliced W2") })
    #expect(
      above.contains("0.0417") && above.contains("▲ above") && above.contains("0.002 to 0.038"))
    #expect(above.contains("█") && above.contains("▁"))
    let within = try #require(lines.first { $0.hasPrefix("MMD") })
    #expect(within.contains("○ within") && within.contains("0.004 to 0.076"))
    #expect(lines.contains { $0.hasPrefix("C2ST") && $0.contains("drawing its null") })
    state.marks = .ascii
    #expect(pane(state).lines.contains { $0.contains("^ above") })
    // The glyph stays where there is no room for the word.
    let narrow = pane(state, columns: 38).lines
    #expect(
      narrow.contains { $0.hasPrefix("sliced W2") && $0.contains("^ ") && !$0.contains("above") })
  }

  @Test("Metrics are chosen by a line, unknown ones are refused, and the choice is kept")
  func choice() throws {
    var state = try Fixture.state()
    state.type(":metrics energy,mmd")
    state.press(.enter)
    #expect(SamplesPane.metricNames(state) == ["energy", "mmd"] && state.live.showsMetrics == true)
    state.type(":metrics fid")
    state.press(.enter)
    #expect(state.live.metrics == ["energy", "mmd"])
    let kept = WorkbenchMemory(text: state.memory.text)
    #expect(kept == state.memory && kept.metrics == ["energy", "mmd"])
    state.press(.escape)
    state.type(":metrics standard")
    state.press(.enter)
    #expect(state.live.metrics == nil)
  }

  @Test("The matrix has learned points below its diagonal and the reference above")
  func matrix() throws {
    var state = try Fixture.state(dimension: 5)
    state.live.sampleView = .matrix
    let canvas = pane(state)
    for name in ["x1", "x2", "x3", "x4"] { #expect(canvas.lines.contains { $0.contains(name) }) }
    #expect(!canvas.lines.contains { $0.contains("x5") })
    func dots(_ role: StyleRole, columns: Range<Int>, rows: Range<Int>) -> Int {
      rows.reduce(0) { sum, y in
        sum
          + columns.count { x in
            canvas[x, y].glyph.value >= 0x2801 && canvas[x, y].glyph.value <= 0x28FF
              && canvas[x, y].style.foreground == .role(role)
          }
      }
    }
    #expect(dots(.learned, columns: 0..<18, rows: 10..<28) > 20)
    #expect(dots(.exact, columns: 0..<18, rows: 10..<28) == 0)
    #expect(dots(.exact, columns: 20..<76, rows: 1..<7) > 20)
    #expect(dots(.learned, columns: 20..<76, rows: 1..<7) == 0)
    // Another pair comes first, and a small pane has fewer.
    state.press(.character("A"), .character("A"))
    #expect(pane(state).lines.contains { $0.contains("x3") })
    #expect(!pane(state, columns: 30, rows: 12).lines.contains { $0.contains("x4") })
    #expect(pane(state, columns: 12, rows: 5).lines.joined().contains("no room"))
  }

  @Test("Pictures of samples stand over their nearest ones, and noise over them in the beginning")
  func pictures() throws {
    var state = try Fixture.digits()
    state.live.sampleView = .pictures
    let end = pane(state)
    #expect(end.lines.contains { $0.hasPrefix("sample") })
    #expect(end.lines.joined().contains("the nearest of 1,797 pictures of the data"))
    // The samples of the fixture are their own nearest pictures: 9 half rows further down.
    #expect(picture(end, row: 0) == picture(end, row: 9))
    state.press(.character("<"))
    let start = pane(state)
    #expect(picture(start, row: 0) != picture(end, row: 0))
    #expect(picture(start, row: 9) == picture(end, row: 9))
    state.isColored = false
    state.marks = .ascii
    let plain = pane(state)
    #expect(plain.cells.allSatisfy { $0.glyph.isASCII })
  }

  @Test("Below each sample is how far its nearest picture is, and near ones have a mark")
  func distances() throws {
    var state = try Fixture.digits()
    state.live.sampleView = .pictures
    let lines = pane(state).lines
    let numbers = try #require(lines.first { $0.hasPrefix("apart") })
    // The samples 0, 4, ... of the fixture are at 0.75, the others at 3.01 and so on.
    #expect(numbers.contains("!0.75") && numbers.contains(" 3.01") && !numbers.contains("!3"))
    let nearest = try #require(state.run.snapshot?.nearestImages)
    #expect(nearest.suspiciousCount == 15 && nearest.null?.threshold == 2.2)
    #expect(lines.contains { $0.contains("15 of 60 samples") && $0.contains("by chance 3") })
    let words = try #require(SamplesPane().words(state)).joined()
    #expect(words.contains("15 of 60 samples nearer than 2.2"))
    // Before the null is known nothing is marked.
    var snapshot = try #require(state.run.snapshot)
    snapshot.measurements[NearestImagesMeasurement.self].value?.null = nil
    state.receive(snapshot)
    #expect(!pane(state).lines.joined().contains("!"))
    // Where no number has room, the mark is left; where nothing has, the pictures are.
    for (columns, rows) in [(40, 12), (24, 6), (9, 4), (3, 2)] {
      #expect(pane(state, columns: columns, rows: rows).lines.count == rows)
    }
  }

  @Test("The denoising path goes from noise to the sample, with both guesses and how they differ")
  func denoising() throws {
    var state = try Fixture.digits()
    state.live.sampleView = .denoising
    let lines = pane(state).lines
    for name in ["noisy", "network", "exact", "time t", "apart", "sample A"] {
      #expect(lines.contains { $0.hasPrefix(name) }, "\(name)")
    }
    // The fixture's network takes 0.9 of the picture that the exact score knows.
    let path = try #require(SamplesPane().denoisingPath(state))
    let picture = try #require(state.run.snapshot?.samples).trajectories.frames[8].prefix(64)
    let length = picture.reduce(0.0) { $0 + Double($1) * Double($1) }
    let expected = 0.1 * (length / 64).squareRoot()
    for frame in 0...8 { #expect(abs(path.gap(frame) / expected - 1) < 1e-3, "\(frame)") }
    // The cursor's step has a mark, another particle is followed in the same view.
    #expect(lines.contains { $0.hasPrefix("time t") && $0.contains(">0.001") })
    state.press(.character("<"))
    #expect(pane(state).lines.contains { $0.hasPrefix("time t") && $0.contains(">5 ") })
    state.press(.character("i"), .character("i"))
    #expect(state.live.sampleView == .denoising)
    #expect(pane(state).lines.contains { $0.hasPrefix("sample B") })
    state.run.snapshot?.measurements[WalksMeasurement.self].value = nil
    #expect(pane(state).lines.joined().contains("following particles"))
  }

  @Test("Samples of classes stand a class a row, and those that do not fit are counted")
  func classPictures() throws {
    var state = try Fixture.digits()
    state.live.sampleView = .pictures
    var snapshot = try #require(state.run.snapshot)
    var samples = try #require(snapshot.samples)
    let count = samples.trajectories.tracked
    samples.classes = SampleClasses(
      names: (0...9).map { "digit \($0)" }, values: (0..<count).map { $0 % 10 })
    snapshot.measurements[SamplesMeasurement.self].value = samples
    state.receive(snapshot)
    let whole = pane(state, columns: 120, rows: 60)
    for digit in 0...9 { #expect(whole.lines.contains { $0.hasPrefix("digit \(digit)") }) }
    #expect(whole.lines.joined().contains("one class a row"))
    #expect(!whole.lines.joined().contains("fit this pane"))
    let small = pane(state, columns: 60, rows: 12)
    #expect(small.lines.joined().contains("of 10 classes fit this pane"))
    #expect(!small.lines.contains { $0.hasPrefix("digit 9") })
    // Their nearest pictures are a view of their own.
    #expect(SampleView.nearest.isFit(for: snapshot))
    state.live.sampleView = .nearest
    #expect(pane(state).lines.contains { $0.hasPrefix("nearest") })
    state.live.sampleView = .pictures
    // One class alone needs no rows of its own.
    samples.classes?.values = Array(repeating: 3, count: count)
    snapshot.measurements[SamplesMeasurement.self].value = samples
    state.receive(snapshot)
    #expect(pane(state).lines.contains { $0.hasPrefix("nearest") })
  }

  /// The brightness of the first picture's half rows from one on.
  private func picture(_ canvas: Canvas, row first: Int) -> [Ink] {
    (first..<first + 8).flatMap { row in
      (8..<16).map { column in
        let cell = canvas[column, row / 2]
        if cell.glyph == "▀" {
          return row % 2 == 0 ? cell.style.foreground : cell.style.background
        }
        if cell.glyph == "▄" {
          return row % 2 == 1 ? cell.style.foreground : cell.style.background
        }
        return cell.style.background
      }
    }
  }
}
