extension LessonPage {
  static let explanation = """
    Lessons with their text next to a run: first you predict, then the program shows what it \
    measures. P leaves for free exploring and comes back to the same step; nothing can break.
    """
}

extension LessonPane {
  var explanation: String {
    """
    The lessons, or the text of one: arrows go from step to step, choose an answer and draw; Enter \
    answers and goes on. An answer is compared with what is measured, not with what is written down.
    """
  }
}
