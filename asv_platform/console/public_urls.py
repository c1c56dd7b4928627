from django.urls import path

from asv_platform.console.views import public

app_name = "public"

urlpatterns = [path("", public.page, name="page")]
