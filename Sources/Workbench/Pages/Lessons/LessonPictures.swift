import Lessons
package import TermPlot

/// What a step shows, drawn apart from the screen.
extension WorkbenchState {
  /// What stands next to the text of the step, with the marks of its question.
  ///
  /// - Parameter size: The size in cells.
  /// - Returns: The picture.
  package func lessonPicture(size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    drawContent(ofPane: lessons.picturePane, into: &canvas, in: canvas.bounds)
    drawLessonMarks(into: &canvas)
    return canvas
  }

  /// The plot of the step.
  ///
  /// - Parameter size: The size in cells.
  /// - Returns: The picture; nil where the step has no plot.
  package func lessonPlot(size: Size) -> Canvas? {
    guard let plot = LessonPlotChart(self) else { return nil }
    var canvas = Canvas(size: size)
    plot.draw(into: &canvas, in: canvas.bounds)
    return canvas
  }

  /// What was drawn, placed or marked next to what is measured, once the question is answered.
  ///
  /// - Parameter size: The size in cells.
  /// - Returns: The picture; nil where the answer is in words.
  package func lessonAnswerPicture(size: Size) -> Canvas? {
    switch lessons.reading?.current.question?.kind {
    case .field?: return lessonPicture(size: size)
    case .curve?:
      guard let curve = LessonCurve(self) else { return nil }
      var canvas = Canvas(size: size)
      curve.draw(into: &canvas, in: canvas.bounds)
      return canvas
    case .choice?, .number?, .order?, nil: return nil
    }
  }
}
