from django.urls import path

from asv_platform.territories import views

app_name = "territories"
urlpatterns = [
    path("", views.search, name="search"),
    path("quartier/", views.address, name="address"),
    path("<slug:kind>/<slug:code>/", views.detail, name="detail"),
]
