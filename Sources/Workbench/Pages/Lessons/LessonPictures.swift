package import TermPlot

/// What a step shows, drawn apart from the screen.
extension WorkbenchState {
  /// What stands next to the text of the step.
  ///
  /// - Parameter size: The size in cells.
  /// - Returns: The picture.
  package func lessonPicture(size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    drawContent(ofPane: lessons.picturePane, into: &canvas, in: canvas.bounds)
    return canvas
  }

  /// The curve of the step's question with what was drawn and, once answered, what is measured.
  ///
  /// - Parameter size: The size in cells.
  /// - Returns: The picture; nil where the step asks for no curve.
  package func lessonCurve(size: Size) -> Canvas? {
    guard let curve = LessonCurve(self) else { return nil }
    var canvas = Canvas(size: size)
    curve.draw(into: &canvas, in: canvas.bounds)
    return canvas
  }
}
