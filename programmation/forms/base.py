from asv_platform.common.forms import ModelForm
from asv_platform.territories.models import Asv
from programmation.form_fields import form_field, limit_choices


class AsvModelForm(ModelForm):
    """A form on one row of an ASV: choices come from that ASV only."""

    class Meta:
        formfield_callback = form_field

    def __init__(self, *args, asv: Asv, **kwargs):
        super().__init__(*args, **kwargs)
        self.asv = asv
        limit_choices(self, asv)
