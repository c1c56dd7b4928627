app_name = "programmation"

urlpatterns: list = []
