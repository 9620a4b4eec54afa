import ScoreCore
import ScoreLab

/// The drawing of a sample, as the work on a unit.
struct DrawingWork: UnitWork {
  private var drawing: SampleDrawing
  private let stepsPerPart: Int

  init(_ drawing: SampleDrawing, stepsPerPart: Int) {
    self.drawing = drawing
    self.stepsPerPart = stepsPerPart
  }

  var progress: Double { Double(drawing.stepsDone) / Double(drawing.stepCount) }

  mutating func step() -> Points? {
    for _ in 0..<stepsPerPart where !drawing.isFinished { drawing.step() }
    return drawing.isFinished ? drawing.points : nil
  }
}
