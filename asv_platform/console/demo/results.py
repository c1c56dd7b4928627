def build_results(story):
    pass
